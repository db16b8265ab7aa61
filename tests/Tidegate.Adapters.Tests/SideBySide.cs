using Xunit.v3;

// Most of these tests wait for processes to start and to end: four share two cores. One that needs the machine for itself says so.
[assembly: Parallelization(MaxThreads = 4)]

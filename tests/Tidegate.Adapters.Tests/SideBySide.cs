using Tidegate.Adapters.Tests;
using Tidegate.Adapters.Tests.LocalCloud;
using Tidegate.Testing;
using Xunit.v3;

// Most of these tests wait for processes to start and to end: four share two cores. One that needs the machine for itself says so.
[assembly: Parallelization(MaxThreads = 4)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Tidegate.Adapters.Tests;

public sealed class LongestFirst() : NamedFirst(nameof(SurvivalTests), nameof(FaultyReleaseTests), nameof(DependencyTests));

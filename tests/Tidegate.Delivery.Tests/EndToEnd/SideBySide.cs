using Tidegate.Delivery.Tests.EndToEnd;
using Tidegate.Testing;
using Xunit.v3;

// A release waits as long as it works: two share two cores.
[assembly: Parallelization(MaxThreads = 2)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: AssemblyFixture(typeof(Workshop))]

namespace Tidegate.Delivery.Tests.EndToEnd;

public sealed class LongestFirst() : NamedFirst(
    nameof(DeliveredCollection), nameof(NothingTouchedTests), nameof(ComparisonTests), nameof(SharedDownstreamTests), nameof(TwoBuildsTests)); // the second needs no Workshop, which the first begins

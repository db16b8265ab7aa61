using Tidegate.Delivery.Tests.EndToEnd;
using Xunit.Sdk;
using Xunit.v3;

// Releases mostly wait for bakes and for users, so three share two cores; their gates look at what a full machine does not change.
[assembly: Parallelization(MaxThreads = 3)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: AssemblyFixture(typeof(Workshop))]

namespace Tidegate.Delivery.Tests.EndToEnd;

/// <summary>Classes that release all the way begin first, so that none of them is left to run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Order = [nameof(ReleaseTests), nameof(FaultTests), nameof(SharedDownstreamTests), nameof(InterruptedTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Place(c)).ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Place(ITestCollection collection) =>
        Array.FindIndex(Order, name => collection.TestCollectionDisplayName.Contains($".{name}", StringComparison.Ordinal)) is >= 0 and var place ? place : Order.Length;
}

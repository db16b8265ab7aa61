using Tidegate.Delivery.Tests.EndToEnd;
using Xunit.Sdk;
using Xunit.v3;

// Releases mostly wait for bakes and for users, so two share the machine; more would make a machine of two cores slower than the limits allow.
[assembly: Parallelization(MaxThreads = 2)]
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

using Xunit.Sdk;
using Xunit.v3;

namespace Tidegate.Testing;

/// <summary>Begins with the classes of these names, in this order, so that none of them is left to run alone at the end; the others follow by name.</summary>
public abstract class NamedFirst(params string[] names) : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];

    private int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        Array.FindIndex(names, n => collection.TestCollectionDisplayName.Contains($".{n}", StringComparison.Ordinal)) is >= 0 and var place ? place : names.Length;
}

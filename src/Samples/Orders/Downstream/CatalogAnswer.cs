namespace Orders.Downstream;

/// <summary>What asking the catalog led to. No answer is an expected answer here, not an exception.</summary>
internal abstract record CatalogAnswer
{
    private CatalogAnswer() { }

    public sealed record Products(IReadOnlyList<CatalogProduct> All) : CatalogAnswer;

    public sealed record Unavailable(string Because) : CatalogAnswer;
}

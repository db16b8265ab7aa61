namespace Orders.Faults;

/// <summary>Calls to the catalog that nobody needs, with a parameter that is broken: users notice nothing, the catalog does.</summary>
/// <param name="rate">The part of the calls that such a one follows.</param>
internal sealed class StrayCalls(double rate, InstanceLuck luck)
{
    private static readonly Uri Wrong = new("products/undefined", UriKind.Relative);

    /// <summary>What to ask for besides, or null.</summary>
    public Uri? Next() => luck.Strikes(rate) ? Wrong : null;
}

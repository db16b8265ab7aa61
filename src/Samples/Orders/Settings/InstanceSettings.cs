using Orders.Downstream;

namespace Orders.Settings;

/// <summary>What the platform tells one running copy, by environment variables.</summary>
internal sealed record InstanceSettings
{
    /// <summary><c>TIDEGATE_DATA</c>: the folder of the stored orders, shared by all copies. Required.</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>TIDEGATE_DIGEST</c>: the artifact that this copy was started from. Default "unknown".</summary>
    public required string Digest { get; init; }

    /// <summary><c>TIDEGATE_INSTANCE</c>: the name of this copy. Default "orders".</summary>
    public required string Instance { get; init; }

    /// <summary>
    /// <c>TIDEGATE_DEPENDENCY_CATALOG</c>: <c>unix:/path.sock</c> or <c>http://host:port</c>. Absent means that there is
    /// no catalog now: what needs it answers 503, and the rest works.
    /// </summary>
    public required CatalogAddress? Catalog { get; init; }

    public static InstanceSettings Read(IConfiguration configuration, ICollection<string> problems)
    {
        var folder = configuration["TIDEGATE_DATA"];
        if (string.IsNullOrWhiteSpace(folder))
            problems.Add("TIDEGATE_DATA is missing or empty. Set it to the folder in which orders are stored.");

        var address = configuration["TIDEGATE_DEPENDENCY_CATALOG"];
        CatalogAddress? catalog = null;
        if (!string.IsNullOrWhiteSpace(address) && !CatalogAddress.TryParse(address, out catalog))
            problems.Add($"TIDEGATE_DEPENDENCY_CATALOG is '{address}'. Write unix:/path/to.sock or http://host:port.");

        return new InstanceSettings
        {
            DataFolder = folder ?? "",
            Digest = Given(configuration["TIDEGATE_DIGEST"]) ?? "unknown",
            Instance = Given(configuration["TIDEGATE_INSTANCE"]) ?? "orders",
            Catalog = catalog,
        };
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

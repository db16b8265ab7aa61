namespace Orders.Settings;

/// <summary>Section <c>Orders</c>: what the shop is.</summary>
internal sealed record OrderSettings
{
    public const int FewestKept = 100;
    public const int MostKept = 1_000_000;
    public const int DefaultKept = 10_000;

    /// <summary>A name for people, shown on the page and by <c>/version</c>.</summary>
    /// <value>Any text. Default "unnamed".</value>
    public required string ReleaseName { get; init; }

    /// <summary>The currency of every price. Required: without it the service does not start (exit code 78).</summary>
    /// <value>Three capital letters (ISO 4217), such as EUR.</value>
    public required string Currency { get; init; }

    /// <summary>How many orders are kept. Older ones are trimmed in batches, so that the file stays small.</summary>
    /// <value>Orders, from <see cref="FewestKept"/> to <see cref="MostKept"/>. Default <see cref="DefaultKept"/>.</value>
    public required int KeepOrders { get; init; }

    public static OrderSettings Read(SettingsReader settings)
    {
        var currency = settings.Required("Currency", "Set a currency, for example \"Currency\": \"EUR\" in section Orders of appsettings.json.");
        if (currency.Length > 0 && !(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)))
            settings.Report("Currency", $"is '{currency}'. Write three capital letters, for example EUR.");
        return new OrderSettings
        {
            ReleaseName = settings.Text("ReleaseName") ?? "unnamed",
            Currency = currency,
            KeepOrders = settings.Number("KeepOrders", DefaultKept, FewestKept, MostKept),
        };
    }
}

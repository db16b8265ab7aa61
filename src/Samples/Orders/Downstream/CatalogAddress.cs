using System.Diagnostics.CodeAnalysis;

namespace Orders.Downstream;

/// <summary>Where the catalog listens: a Unix socket or a host and port.</summary>
internal abstract record CatalogAddress
{
    private const string UnixPrefix = "unix:";

    private CatalogAddress() { }

    public sealed record UnixSocket(string Path) : CatalogAddress;

    public sealed record Http(Uri Address) : CatalogAddress;

    public static bool TryParse(string text, [NotNullWhen(true)] out CatalogAddress? address)
    {
        address = null;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
            address = text[UnixPrefix.Length..] is { } path && System.IO.Path.IsPathFullyQualified(path) ? new UnixSocket(path) : null;
        else if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/")
            address = new Http(uri);
        return address is not null;
    }
}

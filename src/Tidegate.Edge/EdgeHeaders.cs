namespace Tidegate.Edge;

/// <summary>Headers between the edge and those who ask it.</summary>
public static class EdgeHeaders
{
    /// <summary>In a probe: the digest that shall answer. In a response: the first twelve digits of the one that did.</summary>
    public const string Version = "x-tidegate-version";

    /// <summary>In a response: the instance that answered.</summary>
    public const string Instance = "x-tidegate-instance";

    /// <summary>In a probe: the key without which <see cref="Version"/> is ignored.</summary>
    public const string Probe = "x-tidegate-probe";

    /// <summary>The twelve digits by which people tell versions apart.</summary>
    public static string Brief(string digest)
    {
        var hex = digest[(digest.IndexOf(':') + 1)..];
        return hex.Length <= 12 ? hex : hex[..12];
    }
}

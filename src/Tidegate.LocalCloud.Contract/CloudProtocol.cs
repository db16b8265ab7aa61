namespace Tidegate.LocalCloud.Contract;

/// <summary>What both ends of the control socket must agree on before anything else.</summary>
public static class CloudProtocol
{
    /// <summary>Rises with every change that an older peer cannot read. Peers with different numbers do not talk.</summary>
    public const int Version = 2;

    /// <summary>Largest body of a request, in bytes.</summary>
    public const long LargestBody = 1024 * 1024;

    /// <summary>Asks an edge for one version (a whole digest). Obeyed only together with <see cref="ProbeHeader"/>.</summary>
    public const string VersionHeader = "x-tidegate-version";

    /// <summary>The answering instance, on each response of an edge.</summary>
    public const string InstanceHeader = "x-tidegate-instance";

    /// <summary>Carries the probe key that the observation tells.</summary>
    public const string ProbeHeader = "x-tidegate-probe";
}

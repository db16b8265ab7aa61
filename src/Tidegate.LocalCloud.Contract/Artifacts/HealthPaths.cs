namespace Tidegate.LocalCloud.Contract;

/// <param name="Live">200 while the process should not be replaced.</param>
/// <param name="Ready">200 when it can serve; a body of <c>Degraded</c> or <c>Unhealthy</c> is not ready, whatever the status.</param>
public sealed record HealthPaths(string Live, string Ready);

using Tidegate.LocalCloud.Contract;

namespace Tidegate.Platforms.Local;

/// <summary>What the embedded platform needs to know of a service beside its artifact.</summary>
/// <param name="Endpoints">Templates by which requests are counted, for example <c>GET /orders/{id}</c>.</param>
/// <param name="Users">What synthetic users do.</param>
/// <param name="RequestsPerSecond">How much of it, by environment and region; none where it is absent or 0.</param>
/// <param name="Seed">The same seed gives the same users.</param>
public sealed record LocalWorkload(
    IReadOnlyList<string> Endpoints,
    IReadOnlyList<LocalUser> Users,
    IReadOnlyDictionary<(string Environment, string Region), double> RequestsPerSecond,
    int Seed)
{
    internal TrafficProfile? Traffic(string environment, string region) =>
        RequestsPerSecond.GetValueOrDefault((environment, region)) is > 0 and var rate && Users.Count > 0
            ? new TrafficProfile(rate, Seed, [.. Users.Select(u => new UserRequest(u.Method, u.Path, u.Weight, u.Body))])
            : null;
}

/// <param name="Weight">How often, relative to the others.</param>
/// <param name="Body">JSON text, or null.</param>
public sealed record LocalUser(string Method, string Path, int Weight, string? Body);

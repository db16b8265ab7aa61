using System.Text.Json;

namespace TestService;

/// <summary>What <c>behaviour.json</c> in the artifact's folder asks for. Everything is healthy by default.</summary>
internal sealed record Behaviour(
    int? ExitAtStart = null,
    int ExitAfterMilliseconds = 0,
    bool NeverReady = false,
    double ErrorRate = 0,
    int LatencyMilliseconds = 0,
    bool IgnoreTermination = false,
    bool StartChild = false)
{
    public static Behaviour Read() => File.Exists("behaviour.json")
        ? JsonSerializer.Deserialize<Behaviour>(File.ReadAllText("behaviour.json"), JsonSerializerOptions.Web)!
        : new Behaviour();
}

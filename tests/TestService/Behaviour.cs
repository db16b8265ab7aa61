using System.Text.Json;

namespace TestService;

/// <summary>What <c>behaviour.json</c> in the artifact's folder asks for. Everything is healthy by default.</summary>
internal sealed record Behaviour(
    int? ExitAtStart = null,
    int ExitAfterMilliseconds = 0,
    bool NeverReady = false,
    bool ListenElsewhere = false,
    double ErrorRate = 0,
    int LatencyMilliseconds = 0,
    bool IgnoreTermination = false,
    bool StartChild = false)
{
    // Beside the program: a process works in a folder of its own.
    private static readonly string Told = Path.Combine(AppContext.BaseDirectory, "behaviour.json");

    public static Behaviour Read() => File.Exists(Told)
        ? JsonSerializer.Deserialize<Behaviour>(File.ReadAllText(Told), JsonSerializerOptions.Web)!
        : new Behaviour();
}

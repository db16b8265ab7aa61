namespace Tidegate;

/// <summary>What a gate watches and how much it must have seen.</summary>
/// <param name="Signals">At least one that is not a shadow.</param>
/// <param name="Floors">Requests that the candidate must have answered, by endpoint, for example <c>GET /products</c> → 100.</param>
/// <param name="Alpha">Probability of a false alarm in one bake. Default 0.01.</param>
/// <param name="SteadySamples">Samples in a row in which every signal was good, before Healthy is said. Default 3.</param>
public sealed record GateDefinition(
    IReadOnlyList<HealthSignal> Signals,
    IReadOnlyDictionary<string, int> Floors,
    double Alpha,
    int SteadySamples);

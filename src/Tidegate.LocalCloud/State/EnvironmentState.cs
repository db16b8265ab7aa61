namespace Tidegate.LocalCloud.State;

/// <param name="Off">Dependencies that were switched off.</param>
internal sealed record EnvironmentState(IReadOnlyList<string> Off)
{
    public static EnvironmentState New { get; } = new([]);
}

namespace Orders.Settings;

/// <summary>The service cannot start as it is configured. The message lists every problem, one a line.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception($"Orders cannot start: {problems.Count} problem(s) in its settings.\n" + string.Join('\n', problems.Select(problem => $"  - {problem}")))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

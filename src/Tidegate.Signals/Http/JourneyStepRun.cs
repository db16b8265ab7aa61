namespace Tidegate.Signals;

/// <summary>One step as it went: a body to go on with, or what was wrong.</summary>
internal readonly record struct JourneyStepRun(string? Wrong, string Body)
{
    /// <param name="path">The step's own, or with its place holder filled in.</param>
    public static async Task<JourneyStepRun> SendAsync(string address, JourneyStep step, string path, CancellationToken cancellationToken)
    {
        var what = $"{step.Method} {ForeignText.Line(path)}";
        var answer = await InstanceClient.SendAsync(address, step.Method, path, step.Body, cancellationToken);
        return answer switch
        {
            InstanceAnswer.Nothing nothing => new($"{what} got no answer: {nothing.Because}", ""),
            InstanceAnswer.Answered got when got.Status != step.Status => new($"{what} answered {got.Status}{Quoted(got.Body)}, wanted {step.Status}", ""),
            InstanceAnswer.Answered got when step.Contains is { } wanted && !got.Body.Contains(wanted, StringComparison.Ordinal) =>
                new($"{what} answered {got.Status}{Quoted(got.Body)}, wanted it to contain '{ForeignText.Line(wanted)}'", ""),
            InstanceAnswer.Answered got => new(null, got.Body),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public static string Quoted(string body) => string.IsNullOrWhiteSpace(body) ? "" : $" '{ForeignText.Line(body.Trim())}'";
}

using Tidegate.Pipeline;
using Tidegate.Pipeline.Reports;

namespace Tidegate.Components;

/// <summary>Ends a target whose stage did not end with Released. The exit code is set already; the message is for people.</summary>
public sealed class DeliveryException(StageEnd end) : Exception($"{Outcomes.Describe(end.Outcome, "").Name} (exit {(int)end.Outcome}): {end.Because}")
{
    public StageEnd End { get; } = end;

    /// <summary>No stack: this is how a release ended, not where a program broke.</summary>
    public override string ToString() => Message;
}

/// <summary>An artifact could not be made; the message says what is missing and what to do.</summary>
public sealed class PackagingException(string message, Exception? inner = null) : Exception(message, inner);

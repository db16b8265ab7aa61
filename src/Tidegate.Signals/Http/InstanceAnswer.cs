namespace Tidegate.Signals;

/// <summary>What came back from one request.</summary>
public abstract record InstanceAnswer
{
    private InstanceAnswer() { }

    /// <param name="MediaType">Without parameters, for example <c>text/plain</c>; empty when there is none.</param>
    /// <param name="Body">As UTF-8; at most <see cref="InstanceClient.LargestBody"/> bytes.</param>
    public sealed record Answered(int Status, string MediaType, string Body) : InstanceAnswer;

    /// <summary>Nothing, or nothing that can be read.</summary>
    public sealed record Nothing(string Because) : InstanceAnswer;
}

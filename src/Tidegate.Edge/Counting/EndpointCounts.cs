namespace Tidegate.Edge.Counting;

/// <summary>What was counted for one version and endpoint. The version's lock guards it.</summary>
internal sealed class EndpointCounts(DateTimeOffset since)
{
    public DateTimeOffset Since { get; } = since;

    public long Begun { get; set; }

    public long Errors { get; set; }

    public long Retried { get; set; }

    /// <summary>What users broke off.</summary>
    public long Left { get; set; }

    public long[] Answers { get; } = new long[AnswerKinds.Names.Count];

    public LatencyHistogram Ended { get; } = new();
}

using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>How long each step is watched before its verdict.</summary>
/// <param name="First">The first bake: 1 s to 30 d.</param>
/// <param name="Floor">No bake is shorter.</param>
/// <param name="Change">What happens after each passed step.</param>
/// <param name="Factor">Multiplies (shrink: below 1; grow: above 1). Default 0.5 for shrink, 2 for grow.</param>
/// <param name="WarmUp">Time after placing in which nothing is judged. Default 0.</param>
/// <param name="MaximumFactor">A bake that lacks evidence goes on up to this many times its length, then asks. Default 2.</param>
/// <param name="SampleEvery">The cadence of looks.</param>
public sealed record BakePolicy(
    TimeSpan First,
    TimeSpan Floor,
    BakeChange Change,
    double Factor,
    TimeSpan WarmUp,
    double MaximumFactor,
    TimeSpan SampleEvery)
{
    /// <summary>The bake of a step, counted from 0.</summary>
    public Bake Step(int step) => Of(TimeSpan.FromSeconds(First.TotalSeconds * Math.Pow(Change == BakeChange.Fixed ? 1 : Factor, step)));

    /// <summary>The shortest bake: of a step after the evidence is there already.</summary>
    public Bake Shortest => Of(Floor);

    private Bake Of(TimeSpan length)
    {
        length = length < Floor ? Floor : length;
        return new Bake(length, TimeSpan.FromSeconds(length.TotalSeconds * MaximumFactor), WarmUp, SampleEvery);
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<BakeChange>))]
public enum BakeChange
{
    /// <summary>Confidence grows with each passed step, so the next bake is shorter.</summary>
    Shrink,

    /// <summary>Later regions have other users, so the next bake is longer.</summary>
    Grow,

    Fixed,
}

/// <summary>One step's bake.</summary>
/// <param name="Length">Time that must have been judged before Healthy is said.</param>
/// <param name="Maximum">When evidence is still missing after this, the release is held and asks.</param>
/// <param name="WarmUp">Time after placing in which nothing is judged.</param>
/// <param name="SampleEvery">The cadence of looks.</param>
public sealed record Bake(TimeSpan Length, TimeSpan Maximum, TimeSpan WarmUp, TimeSpan SampleEvery);

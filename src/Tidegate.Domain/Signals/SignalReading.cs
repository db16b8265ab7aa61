using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>One measurement. Wrong value, no value and no answer are three things, counted and shown apart.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "reading")]
[JsonDerivedType(typeof(Passed), "passed")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Measured), "measured")]
[JsonDerivedType(typeof(Counted), "counted")]
[JsonDerivedType(typeof(NoData), "noData")]
[JsonDerivedType(typeof(SourceFailed), "sourceFailed")]
public abstract record SignalReading
{
    private SignalReading() { }

    public sealed record Passed : SignalReading;

    /// <param name="Because">What was seen instead.</param>
    public sealed record Failed(string Because) : SignalReading;

    /// <summary>A value to be judged against a limit.</summary>
    /// <param name="Value">Finite; anything else is <see cref="NoData"/>.</param>
    /// <param name="Baseline">The running version's, over the same minutes; null when there is none.</param>
    public sealed record Measured(double Value, double? Baseline) : SignalReading;

    /// <summary>Counts of both versions, read together.</summary>
    public sealed record Counted(IReadOnlyList<CountedEdge> Edges) : SignalReading;

    /// <summary>The source answered: nothing there.</summary>
    public sealed record NoData(string Because) : SignalReading;

    /// <summary>The source did not answer, or not in a form that can be read.</summary>
    public sealed record SourceFailed(string Because) : SignalReading;
}

namespace Tidegate.Pipeline.Declared;

/// <summary>A signal by which a stage is judged otherwise than the others, and why, as it is written.</summary>
internal sealed record DeclaredDifference(string? Because, double? AtMost)
{
    public static ObjectForm<DeclaredDifference> Form { get; } = new("difference", at => new(
        at.Required("because", Forms.Text, "the reason, for whoever reviews this."),
        at.OptionalValue("atMost", Forms.Ratio, "the signal is watched in only one of gamma and production", "The limit that counts in this stage in place of the signal's own.")));
}

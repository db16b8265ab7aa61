namespace Tidegate.Pipeline;

/// <summary>One setting as it counts, whether somebody wrote it or left it to its default.</summary>
/// <param name="Path">Where, for example <c>$.profiles.local.headroom</c>.</param>
/// <param name="Value">As it would be written.</param>
/// <param name="IsDefault">Nobody wrote it.</param>
public sealed record EffectiveSetting(string Path, string Value, bool IsDefault);

using System.Text.Json;

namespace Tidegate.Signals;

internal static class StrictJson
{
    /// <summary>No comments, no trailing commas, no member twice, no depth beyond 64.</summary>
    public static JsonDocumentOptions Options { get; } = new() { AllowDuplicateProperties = false, MaxDepth = 64 };
}

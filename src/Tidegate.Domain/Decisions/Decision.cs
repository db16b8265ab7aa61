using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>What the engineer on call may say of a release that waits.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Decision>))]
public enum Decision
{
    /// <summary>Take the step that waits once more.</summary>
    Retry,

    /// <summary>Unwind the whole release, every step already done.</summary>
    RollBack,

    /// <summary>Leave all as it is and wait for a hotfix to be rolled forward.</summary>
    Stop,
}

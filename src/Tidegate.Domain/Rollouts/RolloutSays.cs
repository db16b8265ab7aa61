namespace Tidegate;

/// <summary>What a rollout says after a window.</summary>
public enum RolloutSays
{
    /// <summary>Go on: perhaps with other targets.</summary>
    GoOn,

    /// <summary>The step is done, and healthy.</summary>
    Passed,

    /// <summary>The evidence is there: roll back.</summary>
    Unhealthy,

    /// <summary>A person is asked.</summary>
    Hold,
}

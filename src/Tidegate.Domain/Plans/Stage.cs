using System.Text.Json.Serialization;

namespace Tidegate;

/// <summary>The stages of a release, in order. Each needs a Healthy verdict of the one before, for the same digest.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Stage>))]
public enum Stage
{
    /// <summary>An environment made for this artifact alone: does it start, do smoke checks pass.</summary>
    DeployAlpha,

    /// <summary>Persistent; end-to-end journeys.</summary>
    DeployBeta,

    /// <summary>In gamma: half up, all up, half down, all down, with data written by each version read by the other.</summary>
    UpgradeDowngradeTest,

    /// <summary>Persistent, production-like.</summary>
    DeployGamma,

    /// <summary>A few production instances in the region with least traffic.</summary>
    Canary,

    /// <summary>The rest of production, in growing waves.</summary>
    RegionWaves,
}

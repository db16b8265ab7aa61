using Nuke.Common;

namespace Tidegate.Components;

/// <summary>The shared gate on its own: judge any environment now, from any pipeline.</summary>
public interface IHazHealthGate : IHazDelivery
{
    [Parameter("Environment that HealthGate judges. Default: production")]
    string Environment => TryGetValue(() => Environment) ?? "production";

    [Parameter("HealthGate: measure the instances that run and propose the gate's tolerance and dispersion, instead of judging")]
    bool Calibrate => TryGetValue<bool?>(() => Calibrate) ?? false;

    [Parameter("How long HealthGate --calibrate measures, for example 90s or 1h. Default: 10m")]
    string MeasureFor => TryGetValue(() => MeasureFor) ?? "10m";

    [Parameter("HealthGate judges what was recorded of this release again, with the gates that are configured now: its name or digest")]
    string Replay => TryGetValue(() => Replay);

    [Parameter("HealthGate lets this shadow gate decide from now on; needs --reason")]
    string PromoteGate => TryGetValue(() => PromoteGate);

    Target HealthGate => _ => _
        .Description("Judge what runs in an environment now, or a recorded release again; changes nothing but by --promote-gate")
        .Executes(() => this switch
        {
            { Replay: { } release } => Delivery.Of(this).ReplayAsync(release),
            { PromoteGate: { } gate } => Delivery.Of(this).PromoteGateAsync(gate),
            { Calibrate: true } => Delivery.Of(this).CalibrateAsync(Environment, MeasureFor),
            _ => Delivery.Of(this).JudgeAsync(Environment),
        });
}

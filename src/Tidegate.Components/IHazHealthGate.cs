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

    Target HealthGate => _ => _
        .Description("Judge what runs in an environment now; changes nothing")
        .Executes(() => Calibrate ? Delivery.Of(this).CalibrateAsync(Environment, MeasureFor) : Delivery.Of(this).JudgeAsync(Environment));
}

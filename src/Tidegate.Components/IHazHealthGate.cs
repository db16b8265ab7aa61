using Nuke.Common;

namespace Tidegate.Components;

/// <summary>The shared gate on its own: judge any environment now, from any pipeline.</summary>
public interface IHazHealthGate : IHazDelivery
{
    [Parameter("Environment that HealthGate judges. Default: production")]
    string Environment => TryGetValue(() => Environment) ?? "production";

    Target HealthGate => _ => _
        .Description("Judge what runs in an environment now; changes nothing")
        .Executes(() => Delivery.Of(this).JudgeAsync(Environment));
}

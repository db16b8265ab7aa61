using Orders.Settings;
using Orders.Web;

namespace Orders.Faults;

/// <summary>Delays and spoils answers as section <c>Faults</c> says. With everything off it is not in the way at all.</summary>
internal sealed class FaultInjection(FaultSettings faults, InstanceLuck luck, TimeProvider time)
{
    public bool IsOn => faults.LatencyMilliseconds > 0 || faults.ErrorRate > 0;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = Endpoints.Of(context);
        if (faults.LatencyMilliseconds > 0 && endpoint == faults.LatencyEndpoint)
            await Task.Delay(TimeSpan.FromMilliseconds(faults.LatencyMilliseconds), time, context.RequestAborted);

        if (endpoint == faults.ErrorEndpoint && luck.Strikes(faults.ErrorRate))
            await Answers.Problem(StatusCodes.Status500InternalServerError, "This release fails on purpose (Faults:ErrorRate).").ExecuteAsync(context);
        else
            await next(context);
    }
}

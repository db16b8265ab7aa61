using Tidegate.Edge.Counting;
using Yarp.ReverseProxy.Forwarder;

namespace Tidegate.Edge.Forwarding;

/// <summary>One request being sent to one instance.</summary>
/// <param name="request">What is counted; null for a probe, and where another instance was picked first.</param>
internal sealed class Try(Destination destination, OpenRequest? request)
{
    private static readonly object Key = new();

    private bool _hasBody;

    public Destination Destination => destination;

    /// <summary>What the instance answered; null before it did.</summary>
    public int? Status { get; private set; }

    public static Try? Of(HttpContext context) => context.Items[Key] as Try;

    public void Begin(HttpContext context) => context.Items[Key] = this;

    /// <summary>The instance has answered, and the body is about to come.</summary>
    public void Answered(HttpContext context, HttpResponseMessage answer)
    {
        Status = (int)answer.StatusCode;
        if (Status == StatusCodes.Status101SwitchingProtocols) request?.StopClock();
        _hasBody = answer.Content.Headers.ContentLength > 0;
        if (MayBeEmpty(context) && answer.Content.Headers.ContentLength is null)
            context.Response.Body = new CountedBody(context.Response.Body, () => _hasBody = true);
    }

    /// <summary>How it ended; null when the user broke it off.</summary>
    public AnswerKind? Outcome(HttpContext context, ForwarderError error) => (Status, error) switch
    {
        (_, ForwarderError.None) or (>= 500, _) => Kind(context),
        (_, ForwarderError.RequestCanceled) => null,
        (_, ForwarderError.RequestBodyCanceled or ForwarderError.RequestBodyClient) => null,
        (_, ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient) => null,
        (_, ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeRequestClient) => null,
        (_, ForwarderError.UpgradeResponseCanceled or ForwarderError.UpgradeResponseClient) => null,
        _ => AnswerKind.NoAnswer,
    };

    private AnswerKind Kind(HttpContext context) =>
        AnswerKinds.Of(context.Response.StatusCode, isEmpty: !_hasBody && MayBeEmpty(context));

    private static bool MayBeEmpty(HttpContext context) =>
        !HttpMethods.IsHead(context.Request.Method)
        && context.Response.StatusCode is >= 200 and < 300
        && context.Response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent);
}

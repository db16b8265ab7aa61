using Microsoft.Data.Sqlite;
using Orders.Storage;

namespace Orders.Web;

/// <summary>Turns what was thrown into an answer that tells the client what it may know, and the log the rest.</summary>
internal sealed class LastResort(ILogger<LastResort> log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest; // nobody reads it; the metrics count it
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await Answer(context, exception).ExecuteAsync(context);
        }
    }

    private IResult Answer(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: var status }:
                return Answers.Problem(status, exception.Message);
            case UnreadableOrderException:
                log.RequestFailed(exception.Message);
                return Answers.Problem(StatusCodes.Status500InternalServerError, exception.Message);
            case SqliteException:
                log.RequestFailed(exception.Message);
                return Answers.Unavailable(context, "the database is busy or cannot be used");
            default:
                log.UnexpectedFailure(exception);
                return Answers.Problem(StatusCodes.Status500InternalServerError, "A defect of this service. Its log has the details.");
        }
    }
}

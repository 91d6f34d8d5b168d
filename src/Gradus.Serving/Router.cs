using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gradus.Serving;

/// <summary>From the path and the method of a request to what answers it, and from what goes wrong to its status.</summary>
internal sealed partial class Router(MetricsText metrics, ILogger log)
{
    private readonly Dictionary<string, Dictionary<string, RequestDelegate>> _routes = new(StringComparer.Ordinal);

    public void Add(string method, string path, RequestDelegate answer)
    {
        if (!_routes.TryGetValue(path, out var methods)) _routes.Add(path, methods = []);
        methods.Add(method, answer);
        if (method == HttpMethods.Get) methods.Add(HttpMethods.Head, answer);
    }

    public async Task Handle(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.Length > 1 && path[^1] == '/') path = path[..^1];
        var isKnown = _routes.TryGetValue(path, out var methods);
        try
        {
            if (!isKnown)
            {
                var reason = $"There is nothing at {path}. What there is, /openapi.json says.";
                await JsonReply.Problem(context, StatusCodes.Status404NotFound, reason).ConfigureAwait(false);
            }
            else if (!methods!.TryGetValue(context.Request.Method, out var answer))
            {
                context.Response.Headers.Allow = string.Join(", ", methods.Keys);
                await JsonReply.Problem(context, StatusCodes.Status405MethodNotAllowed,
                    $"{path} takes {string.Join(" and ", methods.Keys)}, not {context.Request.Method}.").ConfigureAwait(false);
            }
            else
            {
                await answer(context).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await Fail(context, exception).ConfigureAwait(false);
        }
        finally
        {
            metrics.CountRequest(isKnown ? path : "other", context.Response.StatusCode);
        }
    }

    private Task Fail(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case RequestException request:
                return JsonReply.Problem(context, request.Status, request.Message);
            case BadHttpRequestException bad:
                return JsonReply.Problem(context, bad.StatusCode, bad.Message);
            case GradusException or InvalidDataException:
                // What a sample makes of a network: numbers that are not finite.
                return JsonReply.Problem(context, StatusCodes.Status400BadRequest, exception.Message);
            default:
                LogFailed(log, context.Request.Path, exception);
                return JsonReply.Problem(context, StatusCodes.Status500InternalServerError, "An unexpected error, which the server's log tells of.");
        }
    }

    [LoggerMessage(21, LogLevel.Error, "{Path}: an unexpected error.")]
    private static partial void LogFailed(ILogger log, string path, Exception exception);
}

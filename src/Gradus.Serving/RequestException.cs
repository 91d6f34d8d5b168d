using Microsoft.AspNetCore.Http;

namespace Gradus.Serving;

/// <summary>A request that is not answered as it was meant, with the status and the reason that it gets.</summary>
internal sealed class RequestException(int status, string reason) : Exception(reason)
{
    public int Status => status;

    public static RequestException Wrong(string reason) => new(StatusCodes.Status400BadRequest, reason);

    public static RequestException Busy(string reason) => new(StatusCodes.Status503ServiceUnavailable, reason);
}

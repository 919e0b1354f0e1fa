using Microsoft.AspNetCore.Diagnostics;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints;

/// <summary>Turns what requests throw into problem details. A stack trace never leaves the process.</summary>
public sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    // What nginx answers when a client hangs up: nobody reads it, but the access log does not call it an error.
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        await ProblemFor(context, exception).ExecuteAsync(context);
        return true;
    }

    private IResult ProblemFor(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case StorageException failure:
                Log.StorageFailed(logger, context.Request.Method, context.Request.Path, failure.Message);
                return ApiProblem.StorageUnavailable(context, failure);
            case UploadRefusedException refusal:
                return ApiProblem.Refused(refusal);
            case BadHttpRequestException bad:
                return ApiProblem.Of(bad.StatusCode, ProblemCodes.RequestInvalid, bad.Message);
            default:
                Log.Failed(logger, exception, context.Request.Method, context.Request.Path);
                return ApiProblem.Of(StatusCodes.Status500InternalServerError, ProblemCodes.InternalError, "Something went wrong here; the log says what.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "{Method} {Path} is answered with 503: {Reason}")]
        public static partial void StorageFailed(ILogger logger, string method, string path, string reason);

        [LoggerMessage(1002, LogLevel.Error, "{Method} {Path} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string path);
    }
}

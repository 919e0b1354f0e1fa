using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;
using SensorApp.ServiceDefaults.Settings;
using SensorApp.ServiceDefaults.Telemetry;

namespace SensorApp.Api.Endpoints;

/// <summary>Turns what requests throw into problem details. A stack trace leaves the process only in Development or with <c>DEBUG</c>.</summary>
public sealed partial class ProblemExceptionHandler(IHostEnvironment environment, IConfiguration configuration, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    // What nginx answers when a client hangs up: nobody reads it, but the access log does not call it an error.
    private const int ClientClosedRequest = 499;

    private readonly bool _showsExceptions = environment.IsDevelopment() || KnownSettings.Debug.Read(configuration);

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        var problem = ProblemFor(context, exception);

        if (context.Response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > 0 })
        {
            // An answer was begun and cannot be taken back: cut off, it does not pass for a whole one.
            context.Abort();
            return true;
        }

        await problem.ExecuteAsync(context);
        return true;
    }

    private IResult ProblemFor(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case StorageException failure:
                return ApiProblem.StorageUnavailable(context, failure);
            case UploadRefusedException refusal:
                return ApiProblem.Refused(refusal);
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } slow:
                return ApiProblem.Of(slow.StatusCode, UploadRefusals.TooSlow, slow.Message);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large:
                return ApiProblem.Of(large.StatusCode, UploadRefusals.FileTooLarge, large.Message);
            case BadHttpRequestException bad:
                return ApiProblem.Of(bad.StatusCode, ProblemCodes.RequestInvalid, bad.Message);
            default:
                Log.Failed(logger, exception, context.Request.Method, context.Request.Path, context.TraceId());
                return Internal(exception);
        }
    }

    private ProblemHttpResult Internal(Exception exception)
    {
        var problem = ApiProblem.Of(StatusCodes.Status500InternalServerError, ProblemCodes.InternalError, "Something went wrong here; the log says what.");

        if (_showsExceptions)
        {
            problem.ProblemDetails.Extensions["exception"] = exception.ToString();
        }

        return problem;
    }

    private static partial class Log
    {
        [LoggerMessage(1002, LogLevel.Error, "{Method} {Path} failed ({RequestTrace}).")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string path, string requestTrace);
    }
}

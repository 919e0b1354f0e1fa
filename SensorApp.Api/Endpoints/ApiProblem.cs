using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Storage;
using SensorApp.ServiceDefaults.Telemetry;

namespace SensorApp.Api.Endpoints;

/// <summary>Errors as RFC 9457 problem details with a stable <c>code</c>: what was found, and what was expected.</summary>
public static partial class ApiProblem
{
    /// <summary>When to try again while the cloud is away.</summary>
    private const int RetryAfterSeconds = 10;

    public static ProblemHttpResult Of(int status, string code, string detail, string? fileId = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };

        if (fileId is not null)
        {
            extensions["file_id"] = fileId;
        }

        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }

    public static ProblemHttpResult FileNotFound(string fileId) =>
        Of(StatusCodes.Status404NotFound, ProblemCodes.FileNotFound, $"Found no file '{fileId}'; expected the file_id that an upload was answered with.");

    public static ProblemHttpResult Conflict(string fileId, string why) =>
        Of(StatusCodes.Status409Conflict, ProblemCodes.StatusConflict, $"File '{fileId}' {why}.");

    public static ProblemHttpResult ParameterInvalid(string detail) => Of(StatusCodes.Status400BadRequest, ProblemCodes.ParameterInvalid, detail);

    public static ProblemHttpResult Refused(UploadRefusedException refusal) => Of(
        refusal.Code switch
        {
            UploadRefusals.FileTooLarge => StatusCodes.Status413PayloadTooLarge,
            UploadRefusals.IdempotencyKeyReused => StatusCodes.Status422UnprocessableEntity,
            UploadRefusals.TooSlow => StatusCodes.Status408RequestTimeout,
            _ => StatusCodes.Status400BadRequest,
        },
        refusal.Code,
        refusal.Message);

    /// <summary>The 503 of a store that is away, and its line in the log.</summary>
    public static ProblemHttpResult StorageUnavailable(HttpContext context, StorageException failure)
    {
        // Whoever asks about this answer has its trace only.
        Log.StorageFailed(
            context.RequestServices.GetRequiredService<ILogger<ProblemExceptionHandler>>(), context.Request.Method, context.Request.Path, context.TraceId(), failure.Message);
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        var store = failure is BlobStorageException ? "blob store" : "metadata store";
        return Of(StatusCodes.Status503ServiceUnavailable, ProblemCodes.StorageUnavailable, $"The {store} cannot be reached; nothing was changed. Try again in {RetryAfterSeconds} s.");
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "{Method} {Path} is answered with 503 ({RequestTrace}): {Reason}")]
        public static partial void StorageFailed(ILogger logger, string method, string path, string requestTrace, string reason);
    }
}

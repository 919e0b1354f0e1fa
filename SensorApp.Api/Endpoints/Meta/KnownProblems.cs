using SensorApp.Api.Services.Uploads;

namespace SensorApp.Api.Endpoints.Meta;

/// <summary>One kind of problem details.</summary>
/// <param name="Code">The stable <c>code</c>.</param>
/// <param name="Status">The HTTP status it comes with.</param>
/// <param name="Detail">A sentence as it reads.</param>
public sealed record KnownProblem(string Code, int Status, string Detail);

/// <summary>Every code of problem details that this API answers with, for the OpenAPI document.</summary>
public static class KnownProblems
{
    /// <summary>What any request may meet before its route is reached, or when something is wrong here.</summary>
    public static readonly string[] OfEveryRoute =
        [ProblemCodes.RequestInvalid, ProblemCodes.HostRefused, ProblemCodes.ApiKeyRequired, ProblemCodes.TooManyRequests, ProblemCodes.InternalError];

    public static IReadOnlyList<KnownProblem> All { get; } =
    [
        new(ProblemCodes.ParameterInvalid, 400, "Found limit 'x', expected a whole number from 1 to 500."),
        new(ProblemCodes.RequestInvalid, 400, "The request cannot be answered as it is."),
        new(ProblemCodes.HostRefused, 400, "The host name 'example.net' is not served here. Allowed are localhost and the names in ALLOWED_HOSTS."),
        new(UploadRefusals.NoFile, 400, "Found no file; expected at least one in the form field 'file'."),
        new(UploadRefusals.FileEmpty, 400, "The file is empty: found 0 bytes, expected CSV with a header line."),
        new(UploadRefusals.FormInvalid, 400, "The multipart form breaks off; expected the closing boundary at its end."),
        new(UploadRefusals.OptionInvalid, 400, "Found timezone 'Mars/Base', expected an IANA name such as 'Europe/Berlin'."),
        new(UploadRefusals.TooManyFiles, 400, "Found more than 10000 files in one request, the most that is accepted here."),
        new(ProblemCodes.ApiKeyRequired, 401, "Found no API key, expected one of the configured keys in X-Api-Key or as a bearer token."),
        new(ProblemCodes.OriginRefused, 403, "A page of another site may not send this request. Allowed are this server's own pages and the origins in ALLOWED_ORIGINS."),
        new(ProblemCodes.FileNotFound, 404, "Found no file '0199a1b2c3d47e5f80718293a4b5c6d7'; expected the file_id that an upload was answered with."),
        new(ProblemCodes.SensorNotFound, 404, "Found no sensor 'attic' in the results of file '0199a1b2c3d47e5f80718293a4b5c6d7', which is processed."),
        new(ProblemCodes.RouteNotFound, 404, "There is nothing at '/upload/'; /openapi/v1.json lists what there is."),
        new(ProblemCodes.MethodNotAllowed, 405, "'/files' does not take PATCH; the header Allow lists what it takes."),
        new(UploadRefusals.TooSlow, 408, "The upload took longer than 12:00:00, the most that is accepted here."),
        new(ProblemCodes.StatusConflict, 409, "File '0199a1b2c3d47e5f80718293a4b5c6d7' is being processed: cancel it first, or wait until it is finished."),
        new(UploadRefusals.FileTooLarge, 413, "The file is larger than 10240 MiB, the most that is accepted here (MAX_UPLOAD_MB)."),
        new(ProblemCodes.NotMultipart, 415, "Found Content-Type 'text/csv', expected multipart/form-data with the file in field 'file'."),
        new(UploadRefusals.IdempotencyKeyReused, 422, "The Idempotency-Key was used for an upload with another body."),
        new(ProblemCodes.TooManyRequests, 429, "Found more requests in a minute than one client may send; try again in 17 s."),
        new(ProblemCodes.InternalError, 500, "Something went wrong here; the log says what."),
        new(ProblemCodes.StorageUnavailable, 503, "The metadata store cannot be reached; nothing was changed. Try again in 10 s."),
        new(ProblemCodes.TooManyUploads, 503, "As many uploads as are accepted at once are under way; try again in 5 s."),
        new(ProblemCodes.Busy, 503, "All slots are at work (MAX_CONCURRENT_TASKS); try again in 5 s."),
    ];

    public static KnownProblem Of(string code) => All.Single(problem => problem.Code == code);
}

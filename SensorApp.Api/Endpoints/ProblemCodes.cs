namespace SensorApp.Api.Endpoints;

/// <summary>The stable codes of problem details, beside those of refused uploads (<see cref="Services.Uploads.UploadRefusals"/>).</summary>
public static class ProblemCodes
{
    public const string FileNotFound = "file_not_found";
    public const string SensorNotFound = "sensor_not_found";
    public const string RouteNotFound = "route_not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string StatusConflict = "status_conflict";
    public const string NotMultipart = "not_multipart";
    public const string ParameterInvalid = "parameter_invalid";
    public const string RequestInvalid = "request_invalid";
    public const string StorageUnavailable = "storage_unavailable";
    public const string TooManyUploads = "too_many_uploads";
    public const string TooManyRequests = "too_many_requests";
    public const string Busy = "busy";
    public const string ApiKeyRequired = "api_key_required";

    /// <summary>Answered by every process (see <see cref="ServiceDefaults.Safety.RequestSafetyExtensions"/>).</summary>
    public const string HostRefused = ServiceDefaults.Safety.RequestSafetyExtensions.HostRefused;

    /// <inheritdoc cref="HostRefused" />
    public const string OriginRefused = ServiceDefaults.Safety.RequestSafetyExtensions.OriginRefused;

    public const string InternalError = "internal_error";
}

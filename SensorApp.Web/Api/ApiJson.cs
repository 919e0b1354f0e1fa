using System.Text.Json.Serialization;

namespace SensorApp.Web.Api;

/// <summary>The API's JSON: snake_case, read without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FileList))]
[JsonSerializable(typeof(FileRecord))]
[JsonSerializable(typeof(SensorPage))]
[JsonSerializable(typeof(RejectedRowPage))]
[JsonSerializable(typeof(SensorSeries))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(ApiProblem))]
internal sealed partial class ApiJson : JsonSerializerContext;

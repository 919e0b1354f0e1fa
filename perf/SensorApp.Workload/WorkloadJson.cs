using System.Text.Json.Serialization;

namespace SensorApp.Workload;

/// <summary>The service's JSON, read without reflection so that reading it costs the measured machine little.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FileResults))]
[JsonSerializable(typeof(UploadAnswer))]
internal sealed partial class WorkloadJson : JsonSerializerContext;

/// <summary>The body of a 202.</summary>
internal sealed record UploadAnswer(string FileId, string Status);

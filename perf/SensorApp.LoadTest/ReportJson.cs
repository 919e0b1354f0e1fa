using System.Text.Json.Serialization;

namespace SensorApp.LoadTest;

/// <summary>The JSON form of a report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(LoadTestReport))]
public sealed partial class ReportJson : JsonSerializerContext;

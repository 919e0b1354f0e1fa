using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints;

/// <summary>How JSON is written: <c>snake_case</c>, UTC timestamps with <c>Z</c>, statuses by name.</summary>
public static class ApiJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new UtcTimeConverter());
        options.Converters.Add(new FileStatusConverter());
    }

    /// <summary>A timestamp as all our answers write it.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));
    }

    private sealed class FileStatusConverter : JsonConverter<FileStatus>
    {
        public override FileStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } name && FileStatuses.TryParse(name, out var status) ? status : throw new JsonException("Expected the name of a status.");

        public override void Write(Utf8JsonWriter writer, FileStatus value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToName());
    }
}

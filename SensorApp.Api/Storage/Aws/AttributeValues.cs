using System.Globalization;
using Amazon.DynamoDBv2.Model;
using SensorApp.Api.Processing;

namespace SensorApp.Api.Storage.Aws;

/// <summary>How the values of a record are written as attributes, and read back. Times are fixed-width text, so that they sort.</summary>
internal static class AttributeValues
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static AttributeValue Of(string text) => new() { S = text };

    public static AttributeValue Of(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Of(DateTimeOffset time) => Of(TimeText(time));

    public static AttributeValue Of(IEnumerable<string> texts) => new() { L = [.. texts.Select(Of)] };

    public static AttributeValue Of(IReadOnlyDictionary<string, long> counts) => new() { M = counts.ToDictionary(count => count.Key, count => Of(count.Value)) };

    public static AttributeValue Of(FileError error) => new() { M = new() { ["code"] = Of(error.Code), ["message"] = Of(error.Message) } };

    public static AttributeValue Of(FileProgress progress) => new()
    {
        M = new() { ["rows"] = Of(progress.Rows), ["invalid_rows"] = Of(progress.InvalidRows), ["bytes"] = Of(progress.Bytes) },
    };

    public static AttributeValue Of(StoredResults results) =>
        results.Inline is { } bytes ? new() { B = new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true) } : Of(results.Key ?? "");

    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static string? Text(this Dictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name)?.S;

    public static long? Number(this Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.N is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public static DateTimeOffset? Time(this Dictionary<string, AttributeValue> item, string name) =>
        item.Text(name) is { } text ? DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    public static IReadOnlyList<string> Texts(this Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.L is { } values ? [.. values.Select(value => value.S)] : [];

    public static IReadOnlyDictionary<string, long>? Counts(this Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.M is { } map ? map.Keys.ToDictionary(key => key, key => map.Number(key) ?? 0) : null;

    public static FileError? Error(this Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.M is { Count: > 0 } map ? new FileError(map.Text("code") ?? "", map.Text("message") ?? "") : null;

    public static FileProgress? Progress(this Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.M is { Count: > 0 } map
            ? new FileProgress(map.Number("rows") ?? 0, map.Number("invalid_rows") ?? 0, map.Number("bytes") ?? 0)
            : null;

    public static StoredResults? Results(this Dictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name) switch
    {
        { B: { } bytes } => new StoredResults(bytes.ToArray(), Key: null),
        { S: { } key } => new StoredResults(Inline: null, key),
        _ => null,
    };
}

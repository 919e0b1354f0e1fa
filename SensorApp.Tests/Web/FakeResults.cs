using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SensorApp.Tests.Web;

/// <summary>The result routes of the <see cref="FakeApi"/>.</summary>
internal static class FakeResults
{
    private const int UsualLimit = 100;

    /// <param name="find">The file of an id; null when there is none.</param>
    public static void MapFakeResults(this IEndpointRouteBuilder app, Func<string, FakeFile?> find)
    {
        app.MapGet("/results/{id}/sensors", (string id, string? search, string? sort, string? cursor, int limit) => Sensors(find, id, search, sort, cursor, limit));
        app.MapGet("/results/{id}/errors", (string id, string? reason, string? cursor, int? limit) => Errors(find, id, reason, cursor, limit ?? UsualLimit));
        app.MapGet("/results/{id}/series", (string id, string sensor) => Series(find, id, sensor));
    }

    private static IResult Sensors(Func<string, FakeFile?> find, string id, string? search, string? sort, string? cursor, int limit)
    {
        if (find(id) is not { } file)
        {
            return FakeApi.NotFound();
        }

        var skipped = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var matching = file.Sensors.Where(sensor => search is null || sensor.Id.Contains(search, StringComparison.OrdinalIgnoreCase)).ToList();
        var ordered = sort == "-avg" ? matching.OrderByDescending(sensor => sensor.Average) : matching.OrderBy(sensor => sensor.Id, StringComparer.Ordinal);
        return FakeApi.Json(new()
        {
            ["sensors"] = new JsonArray([.. ordered.Skip(skipped).Take(limit).Select(sensor => sensor.Row())]),
            ["next_cursor"] = skipped + limit < matching.Count ? (skipped + limit).ToString(CultureInfo.InvariantCulture) : null,
            ["sensor_count"] = file.Sensors.Count,
        });
    }

    private static IResult Errors(Func<string, FakeFile?> find, string id, string? reason, string? cursor, int limit)
    {
        if (find(id) is not { } file)
        {
            return FakeApi.NotFound();
        }

        var skipped = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var matching = file.Rejected.Where(row => reason is null || row.Reason == reason).ToList();
        return FakeApi.Json(new()
        {
            ["header"] = "sensor_id,timestamp,value",
            ["invalid_rows"] = file.Rejected.Count,
            ["detailed_rows"] = file.Rejected.Count,
            ["errors"] = new JsonArray([.. matching.Skip(skipped).Take(limit).Select(row => row.Row())]),
            ["next_cursor"] = skipped + limit < matching.Count ? (skipped + limit).ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    /// <summary>A wave, with a day of silence in it.</summary>
    private static IResult Series(Func<string, FakeFile?> find, string id, string sensor)
    {
        if (find(id)?.Sensors.FirstOrDefault(one => one.Id == sensor) is not { } found)
        {
            return FakeApi.NotFound();
        }

        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var buckets = Enumerable.Range(0, 24 * 7).Where(hour => hour is < 72 or > 96).Select(hour => new JsonObject
        {
            ["start"] = start.AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["count"] = 1,
            ["min"] = found.Average + (Math.Sin(hour / 4.0) * (found.Maximum - found.Average)) - 0.5,
            ["avg"] = found.Average + (Math.Sin(hour / 4.0) * (found.Maximum - found.Average)),
            ["max"] = found.Average + (Math.Sin(hour / 4.0) * (found.Maximum - found.Average)) + 0.5,
        });
        return FakeApi.Json(new()
        {
            ["file_id"] = id,
            ["sensor_id"] = sensor,
            ["bucket_seconds"] = 3600,
            ["from"] = "2026-03-02T00:00:00Z",
            ["to"] = "2026-03-09T00:00:00Z",
            ["buckets"] = new JsonArray([.. buckets]),
        });
    }
}

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Results;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>The per-sensor rows, page by page.</summary>
public static class SensorEndpoint
{
    private const int DefaultLimit = 100;
    private const int MostPerPage = 1000;
    private const string ById = "sensor_id";

    public static async Task<IResult> GetAsync(
        [AsParameters] FileRoute route, [AsParameters] SensorQuery query, HttpContext context, IMetadataStore metadata, ResultReader results, CancellationToken cancellationToken)
    {
        if (!PageLimit.TryParse(query.Limit, DefaultLimit, MostPerPage, out var limit))
        {
            return ApiProblem.ParameterInvalid(PageLimit.Expected(query.Limit, MostPerPage));
        }

        var order = string.IsNullOrEmpty(query.Sort) ? null : SensorOrder.TryParse(query.Sort);

        if (order is null && query.Sort is not (null or "" or ById))
        {
            return ApiProblem.ParameterInvalid($"Found sort '{query.Sort}', expected {ById} or one of {string.Join(", ", SensorOrder.Names)}, with '-' in front for the largest first.");
        }

        if (!TryDecode(query.Cursor, order, out var after))
        {
            return ApiProblem.ParameterInvalid($"Found cursor '{query.Cursor}', expected the next_cursor of an earlier page in the same order.");
        }

        if (await route.FindAsync(metadata, cancellationToken) is not { } file)
        {
            return ApiProblem.FileNotFound(route.FileId);
        }

        if (ResultETag.IsKnownToClient(context, file, "sensors"))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var search = string.IsNullOrEmpty(query.Search) ? null : query.Search;
        var document = await results.OpenAsync(file, cancellationToken);
        var page = document is null
            ? new SensorPage([], HasMore: false)
            : order is null
                ? await SensorPages.ReadByIdAsync(document, after?.SensorId, search, limit, cancellationToken)
                : await SensorPages.ReadByValueAsync(document, order, after, search, limit, cancellationToken);
        return new SensorPageJson(file, document?.Header.SensorCount ?? 0, page, page.HasMore ? Encode(page.Sensors[^1], order) : null);
    }

    private static string Encode(SensorStatistics last, SensorOrder? order)
    {
        var rank = order?.RankOf(last) ?? new SensorRank(0, last.SensorId);
        return Cursor.Encode(string.Create(CultureInfo.InvariantCulture, $"{order?.Name ?? ById}|{rank.Value:R}|{rank.SensorId}"));
    }

    private static bool TryDecode(string? cursor, SensorOrder? order, out SensorRank? after)
    {
        after = null;

        if (string.IsNullOrEmpty(cursor))
        {
            return true;
        }

        if (!Cursor.TryDecode(cursor, out string place)
            || place.Split('|', 3) is not [var name, var valueText, var sensorId]
            || name != (order?.Name ?? ById)
            || !double.TryParse(valueText, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        after = new SensorRank(value, sensorId);
        return true;
    }

    private sealed class SensorPageJson(FileRecord file, long sensorCount, SensorPage page, string? nextCursor) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            context.Response.ContentType = ResultJson.ContentType;
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
            json.WriteStartObject();
            json.WriteString("file_id", file.FileId);
            json.WriteString("status", file.Status.ToName());
            json.WriteNumber("sensor_count", sensorCount);
            json.WriteStartArray("sensors");

            foreach (var sensor in page.Sensors)
            {
                json.WriteStartObject();
                json.WriteString("sensor_id", sensor.SensorId);
                SensorJson.WriteMembers(json, sensor);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next_cursor", nextCursor);
            json.WriteEndObject();
        }
    }
}

/// <summary>Which sensors, in which order.</summary>
/// <param name="Search">Only ids that contain this text, upper and lower case alike.</param>
/// <param name="Sort"><c>sensor_id</c> or the name of a number; <c>-</c> in front: largest first.</param>
/// <param name="Limit">Sensors a page.</param>
/// <param name="Cursor">The <c>next_cursor</c> of the page before.</param>
public sealed record SensorQuery(
    [property: FromQuery(Name = "search")] string? Search,
    [property: FromQuery(Name = "sort")] string? Sort,
    [property: FromQuery(Name = "limit")] string? Limit,
    [property: FromQuery(Name = "cursor")] string? Cursor);

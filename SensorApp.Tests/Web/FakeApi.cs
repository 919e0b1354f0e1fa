using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SensorApp.Tests.Web;

/// <summary>
/// The API's routes with answers that a test sets: the pages are brought into states that real files reach only with
/// luck or after hours, such as half done, or a hundred thousand sensors.
/// </summary>
public sealed class FakeApi : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<FakeFile> files = [];
    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeApi(WebApplication app)
    {
        this.app = app;
    }

    public string Address => app.Urls.First();

    /// <summary>Bytes of the last upload's body, and its headers.</summary>
    public long UploadedBytes { get; private set; }

    public IHeaderDictionary UploadHeaders { get; private set; } = new HeaderDictionary();

    /// <summary>Method and path of every request that was not GET.</summary>
    public Channel<string> Changes { get; } = Channel.CreateUnbounded<string>();

    /// <summary>When set, requests without this key get 401.</summary>
    public string? Key { get; set; }

    /// <summary>What uploads are answered with instead of success.</summary>
    public (int Status, string Json)? UploadAnswer { get; set; }

    public static async Task<FakeApi> StartAsync(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var api = new FakeApi(builder.Build());
        api.Map();
        await api.app.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    public FakeFile Add(FakeFile file)
    {
        lock (gate)
        {
            files.Insert(0, file);
        }

        return file;
    }

    /// <summary>Changes a file, and tells those who watch it.</summary>
    public void Change(string fileId, Func<FakeFile, FakeFile> change)
    {
        lock (gate)
        {
            var at = files.FindIndex(file => file.FileId == fileId);
            files[at] = change(files[at]);
            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The newest file.</summary>
    public FakeFile Newest()
    {
        lock (gate)
        {
            return files[0];
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    private void Map()
    {
        app.Use(async (context, next) =>
        {
            if (Key is not null && context.Request.Headers["X-Api-Key"] != Key)
            {
                await Problem(401, "key_missing", "A key is needed.").ExecuteAsync(context);
                return;
            }

            if (!HttpMethods.IsGet(context.Request.Method))
            {
                Changes.Writer.TryWrite($"{context.Request.Method} {context.Request.Path}");
            }

            await next(context);
        });

        app.MapPost("/upload", UploadAsync);
        app.MapPut("/upload/{filename}", UploadAsync);
        app.MapGet("/files", (string? status, string? name, string? cursor, int limit) => List(status, name, cursor, limit));
        app.MapGet("/files/{id}", (string id) => Find(id) is { } file ? Json(file.Record()) : NotFound());
        app.MapGet("/status/{id}", (string id) => Find(id) is { } file ? Json(file.State()) : NotFound());
        app.MapDelete("/files/{id}", Remove);
        app.MapPost("/files/{id}/{action}", (string id) => Find(id) is null ? NotFound() : Results.Accepted());
        app.MapGet("/files/{id}/content", (string id) => Results.Text("sensor_id,timestamp,value\n", "text/csv"));
        app.MapGet("/results/{id}/sensors", Sensors);
        app.MapGet("/results/{id}/errors", Errors);
        app.MapGet("/results/{id}/series", Series);
        app.MapGet("/events", EventsAsync);
    }

    private async Task<IResult> UploadAsync(HttpRequest request)
    {
        UploadHeaders = new HeaderDictionary(request.Headers.ToDictionary());
        UploadedBytes = 0;
        var buffer = new byte[64 * 1024];

        for (int read; (read = await request.Body.ReadAsync(buffer)) > 0;)
        {
            UploadedBytes += read;
        }

        if (UploadAnswer is { } answer)
        {
            return Results.Text(answer.Json, "application/json", statusCode: answer.Status);
        }

        var file = Add(new FakeFile());
        return Results.Text($$"""{"file_id":"{{file.FileId}}","status":"pending","message":"File uploaded"}""", "application/json", statusCode: 202);
    }

    private IResult List(string? status, string? name, string? cursor, int limit)
    {
        lock (gate)
        {
            var skipped = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
            var matching = files.Where(file => (status is null || file.Status == status) && (name is null || file.Filename.Contains(name, StringComparison.OrdinalIgnoreCase))).ToList();
            var page = matching.Skip(skipped).Take(limit);
            return Json(new()
            {
                ["files"] = new JsonArray([.. page.Select(file => file.Record())]),
                ["next_cursor"] = skipped + limit < matching.Count ? (skipped + limit).ToString(CultureInfo.InvariantCulture) : null,
            });
        }
    }

    private IResult Remove(string id)
    {
        lock (gate)
        {
            return files.RemoveAll(file => file.FileId == id) > 0 ? Results.NoContent() : NotFound();
        }
    }

    private IResult Sensors(string id, string? search, string? sort, string? cursor, int limit)
    {
        if (Find(id) is not { } file)
        {
            return NotFound();
        }

        var skipped = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var matching = file.Sensors.Where(sensor => search is null || sensor.Id.Contains(search, StringComparison.OrdinalIgnoreCase)).ToList();
        var ordered = sort == "-avg" ? matching.OrderByDescending(sensor => sensor.Average) : matching.OrderBy(sensor => sensor.Id, StringComparer.Ordinal);
        return Json(new()
        {
            ["sensors"] = new JsonArray([.. ordered.Skip(skipped).Take(limit).Select(sensor => sensor.Row())]),
            ["next_cursor"] = skipped + limit < matching.Count ? (skipped + limit).ToString(CultureInfo.InvariantCulture) : null,
            ["sensor_count"] = file.Sensors.Count,
        });
    }

    private IResult Errors(string id, string? format, string? cursor, int limit = 100)
    {
        if (Find(id) is not { } file)
        {
            return NotFound();
        }

        if (format == "rows")
        {
            return Results.Text(string.Join('\n', file.Rejected.Select(row => row.Raw).Prepend("sensor_id,timestamp,value")), "text/csv");
        }

        var skipped = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        return Json(new()
        {
            ["invalid_rows"] = file.Rejected.Count,
            ["detailed_rows"] = file.Rejected.Count,
            ["errors"] = new JsonArray([.. file.Rejected.Skip(skipped).Take(limit).Select(row => row.Row())]),
            ["next_cursor"] = skipped + limit < file.Rejected.Count ? (skipped + limit).ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    /// <summary>A wave, with a day of silence in it.</summary>
    private IResult Series(string id, string sensor)
    {
        if (Find(id)?.Sensors.FirstOrDefault(one => one.Id == sensor) is not { } found)
        {
            return NotFound();
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
        return Json(new()
        {
            ["file_id"] = id,
            ["sensor_id"] = sensor,
            ["bucket_seconds"] = 3600,
            ["from"] = "2026-03-02T00:00:00Z",
            ["to"] = "2026-03-09T00:00:00Z",
            ["buckets"] = new JsonArray([.. buckets]),
        });
    }

    private async Task EventsAsync(HttpContext context)
    {
        var ids = context.Request.Query["file_id"].OfType<string>().ToList();
        context.Response.ContentType = "text/event-stream";

        while (!context.RequestAborted.IsCancellationRequested)
        {
            Task change;
            List<FakeFile> watched;

            lock (gate)
            {
                change = changed.Task;
                watched = files.FindAll(file => ids.Contains(file.FileId));
            }

            foreach (var file in watched)
            {
                await context.Response.WriteAsync($"event: status\nid: 1\nretry: 200\ndata: {file.State().ToJsonString()}\n\n", context.RequestAborted);
            }

            await context.Response.Body.FlushAsync(context.RequestAborted);
            await change.WaitAsync(context.RequestAborted);
        }
    }

    private FakeFile? Find(string id)
    {
        lock (gate)
        {
            return files.Find(file => file.FileId == id);
        }
    }

    private static IResult Json(JsonObject json) => Results.Text(json.ToJsonString(), "application/json");

    private static IResult NotFound() => Problem(404, "file_not_found", "There is no such file.");

    private static IResult Problem(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}

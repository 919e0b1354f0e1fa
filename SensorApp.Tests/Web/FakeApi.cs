using System.Globalization;
using System.Text;
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

    /// <summary>The start of the last upload's body as text: a small form is there whole.</summary>
    public string UploadedText { get; private set; } = "";

    /// <summary>When set, uploads are answered only after it.</summary>
    public TaskCompletionSource? UploadGate { get; set; }

    /// <summary>When set, the next upload's connection is cut after so many bytes.</summary>
    public long? CutAfterBytes { get; set; }

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
        app.MapPost("/validate", ValidateAsync);
        app.MapGet("/files", (string? status, string? name, string? cursor, int limit) => List(status, name, cursor, limit));
        app.MapGet("/files/{id}", (string id) => Find(id) is { } file ? Json(file.Record()) : NotFound());
        app.MapGet("/status/{id}", (string id) => Find(id) is { } file ? Json(file.State()) : NotFound());
        app.MapDelete("/files/{id}", Remove);
        app.MapPost("/files/{id}/{action}", (string id) => Find(id) is null ? NotFound() : Results.Accepted());
        app.MapGet("/files/{id}/content", (string id) => Results.File("sensor_id,timestamp,value\n"u8.ToArray(), "text/csv", "readings.csv"));
        app.MapFakeResults(Find);
        app.MapGet("/events", EventsAsync);
    }

    private async Task<IResult> UploadAsync(HttpRequest request)
    {
        UploadHeaders = new HeaderDictionary(request.Headers.ToDictionary());
        UploadedBytes = 0;
        var buffer = new byte[64 * 1024];

        UploadedText = "";

        for (int read; (read = await request.Body.ReadAsync(buffer)) > 0;)
        {
            UploadedText += UploadedBytes < buffer.Length ? Encoding.UTF8.GetString(buffer, 0, read) : "";
            UploadedBytes += read;

            if (UploadedBytes > CutAfterBytes)
            {
                CutAfterBytes = null;
                request.HttpContext.Abort();
                return Results.Empty;
            }
        }

        if (UploadGate is { } gate)
        {
            await gate.Task.WaitAsync(request.HttpContext.RequestAborted);
        }

        if (UploadAnswer is { } answer)
        {
            return Results.Text(answer.Json, "application/json", statusCode: answer.Status);
        }

        var file = Add(new FakeFile());
        return Results.Text($$"""{"file_id":"{{file.FileId}}","status":"pending","message":"File uploaded"}""", "application/json", statusCode: 202);
    }

    /// <summary>The last row of every file is at fault.</summary>
    private static async Task<IResult> ValidateAsync(HttpRequest request)
    {
        await request.Body.CopyToAsync(Stream.Null);
        return Json(FakeFile.Partial().Record());
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

    internal static IResult Json(JsonObject json) => Results.Text(json.ToJsonString(), "application/json");

    internal static IResult NotFound() => Problem(404, "file_not_found", "There is no such file.");

    private static IResult Problem(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}

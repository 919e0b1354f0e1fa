using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SensorApp.Workload;

namespace SensorApp.Tests.LoadTest;

/// <summary>Answers the load test's requests with the right results, or with what a test makes of them.</summary>
internal sealed class FakeSensorService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, GeneratedFile> _files = new();
    private readonly WebApplication _app;

    private FakeSensorService(IReadOnlyList<GeneratedFile> known, int refuseEvery, Func<FileResults, FileResults> change, string? keep)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        _app = builder.Build();

        var byName = known.ToDictionary(file => file.Name);
        var uploads = 0;
        _app.MapPost("/upload", async (HttpRequest request) =>
        {
            if (refuseEvery > 0 && Interlocked.Increment(ref uploads) % refuseEvery == 0)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            var sent = (await request.ReadFormAsync(request.HttpContext.RequestAborted)).Files["file"]!;
            var fileId = Guid.CreateVersion7().ToString("N");
            _files[fileId] = byName[sent.FileName];
            return Results.Accepted($"/status/{fileId}", new { FileId = fileId, Status = "pending" });
        });
        _app.MapGet("/results/{fileId}", (string fileId) => change(RightResults(fileId, _files[fileId])));
        _app.MapDelete("/files/{fileId}", (string fileId) => _files.TryRemove(fileId, out var file) && file.Name != keep ? Results.NoContent() : Results.NotFound());
    }

    /// <summary>Files that were uploaded and not deleted.</summary>
    public int Files => _files.Count;

    public Uri Address => new(_app.Urls.Single());

    /// <param name="known">Files that will be sent.</param>
    /// <param name="refuseEvery">Each so-manieth upload is answered with 503; 0: none.</param>
    /// <param name="change">Spoils results.</param>
    /// <param name="keep">Name of a file that is not deleted.</param>
    public static async Task<FakeSensorService> StartAsync(
        IReadOnlyList<GeneratedFile> known, int refuseEvery = 0, Func<FileResults, FileResults>? change = null, string? keep = null)
    {
        var service = new FakeSensorService(known, refuseEvery, change ?? (results => results), keep);
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>What a correct service answers about a file.</summary>
    public static FileResults RightResults(string fileId, GeneratedFile file) => new()
    {
        FileId = fileId,
        Status = file.Expected.Status,
        Filename = file.Name,
        UploadTime = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero),
        ProcessingTime = new DateTimeOffset(2026, 6, 1, 12, 0, 1, TimeSpan.Zero),
        TotalRows = file.Expected.TotalRows,
        ValidRows = file.Expected.ValidRows,
        InvalidRows = file.Expected.InvalidRows,
        ErrorsByReason = file.Expected.ErrorsByReason.ToDictionary(),
        AggregatedData = file.Expected.Sensors.ToDictionary(
            sensor => sensor.Key,
            sensor => new SensorResult(sensor.Value.Average, sensor.Value.Minimum, sensor.Value.Maximum, sensor.Value.Count)),
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

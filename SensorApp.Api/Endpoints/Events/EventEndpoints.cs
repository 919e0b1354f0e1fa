using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SensorApp.Api.Endpoints.Files;
using SensorApp.Api.Endpoints.Meta;
using SensorApp.Api.Services.Events;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Events;

/// <summary>Status and progress of files as server-sent events.</summary>
public static class EventEndpoints
{
    private const int MostFiles = 100;
    private const string StatusEvent = "status";
    private const string GoneEvent = "gone";
    private const string HeartbeatEvent = "heartbeat";
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(2);

    public static void MapEvents(this IEndpointRouteBuilder app) => app.MapGet("/events", GetAsync)
        .WithName("WatchFiles")
        .WithTags("Files")
        .WithSummary("Status and progress of 1 to 100 files (file_id, repeated) as server-sent events.")
        .Produces(StatusCodes.Status200OK)
        .Produces(StatusCodes.Status204NoContent)
        .MayAnswer(ProblemCodes.ParameterInvalid, ProblemCodes.FileNotFound, ProblemCodes.StorageUnavailable);

    private static async Task<IResult> GetAsync(
        [FromQuery(Name = "file_id")] string[] requested, HttpContext context, IMetadataStore metadata, RunningFiles running, StatusFeed feed, IHostApplicationLifetime lifetime, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var fileIds = requested.Distinct().ToList();

        if (fileIds.Count is 0 or > MostFiles)
        {
            return ApiProblem.ParameterInvalid($"Found {fileIds.Count} file_id parameters, expected 1 to {MostFiles}.");
        }

        var found = await metadata.FindManyAsync([.. fileIds.Where(FileIds.IsValid)], cancellationToken);
        var files = found.Where(file => file.Status.IsVisible()).ToList();

        if (fileIds.Except(files.Select(file => file.FileId)).FirstOrDefault() is { } unknown)
        {
            return ApiProblem.FileNotFound(unknown);
        }

        // A browser reconnects after each end; only 204 tells it that there is nothing more to come.
        if (context.Request.Headers.ContainsKey("Last-Event-ID") && files.All(file => file.Status.IsFinal()))
        {
            return TypedResults.NoContent();
        }

        // Without it a shutdown would wait for every open page.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(ending);
        var events = new EventStream(feed, running, json.Value.SerializerOptions, clock);
        return TypedResults.ServerSentEvents(events.ReadAsync(files, ending.Token));
    }

    private sealed class EventStream(StatusFeed feed, RunningFiles running, JsonSerializerOptions json, TimeProvider clock)
    {
        private long _lastId;

        public async IAsyncEnumerable<SseItem<string>> ReadAsync(IReadOnlyList<FileRecord> files, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            using var watch = feed.Watch(files);

            foreach (var file in files)
            {
                yield return Status(file);
            }

            while (watch.Unfinished.Any() || watch.Changes.TryPeek(out _))
            {
                var hasChange = await HasChangeAsync(watch, cancellationToken);

                if (cancellationToken.IsCancellationRequested)
                {
                    yield break;
                }

                if (!hasChange)
                {
                    yield return Event("{}", HeartbeatEvent);
                    continue;
                }

                while (watch.Changes.TryRead(out var change))
                {
                    yield return change.File is { } file ? Status(file) : Event(JsonSerializer.Serialize(new { change.FileId }, json), GoneEvent);
                }
            }
        }

        /// <summary>Waits for a change; false when it is time for a heartbeat, or the stream ends.</summary>
        private async Task<bool> HasChangeAsync(StatusWatch watch, CancellationToken cancellationToken)
        {
            using var beat = new CancellationTokenSource(Heartbeat, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(beat.Token, cancellationToken);

            try
            {
                return await watch.Changes.WaitToReadAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        private SseItem<string> Status(FileRecord file)
        {
            running.TryGetProgress(file.FileId, out var progress);
            return Event(JsonSerializer.Serialize(StatusAnswer.From(file, progress), json), StatusEvent);
        }

        private SseItem<string> Event(string data, string type) => new(data, type)
        {
            EventId = (++_lastId).ToString(CultureInfo.InvariantCulture),
            ReconnectionInterval = ReconnectAfter,
        };
    }
}

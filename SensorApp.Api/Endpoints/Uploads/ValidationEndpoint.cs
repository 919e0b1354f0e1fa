using System.Globalization;
using Microsoft.Extensions.Options;
using SensorApp.Api.Endpoints.Results;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Uploads;
using SensorApp.Api.Services.Work;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints.Uploads;

/// <summary>Says what a file would turn out to be, and stores nothing. Options stand before the file, or in the query: it is read as it arrives.</summary>
public static class ValidationEndpoint
{
    // Rows shown with the answer; nothing is stored from which more could be fetched.
    private const int ShownErrors = 100;
    private const int BusyRetrySeconds = 5;

    public static async Task<IResult> ValidateAsync(
        HttpContext context, ProcessingGraph graph, WorkSlots slots, UploadBuffers buffers, IOptions<UploadLimits> limits, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (UploadEndpoints.RefuseUnlessForm(context.Request) is { } refusal)
        {
            return refusal;
        }

        using var slot = slots.TryTake(long.MaxValue);

        if (slot is null)
        {
            context.Response.Headers.RetryAfter = BusyRetrySeconds.ToString(CultureInfo.InvariantCulture);
            return ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, ProblemCodes.Busy, $"All slots are at work (MAX_CONCURRENT_TASKS); try again in {BusyRetrySeconds} s.");
        }

        var fields = new UploadFields(context.Request);
        var validation = new Validation(context, graph, slot, buffers.MaxFileBytes, fields, clock);
        var form = new UploadForm(limits.Value, fields);

        try
        {
            await UploadEndpoints.ReadInTimeAsync(
                limits.Value, clock, token => form.ReadAsync(context.Request, (name, _, body) => validation.RunAsync(name, body, token), token), cancellationToken);
        }
        catch (Exception failure) when (validation.IsAnswered && failure is (UploadRefusedException or IOException or OperationCanceledException))
        {
            // The answer is about the first file, which was whole. It is written already, so nothing can be said of what follows it.
        }

        return TypedResults.Empty;
    }

    /// <summary>One request: the first file is read, and answered while its result is there.</summary>
    private sealed class Validation(HttpContext context, ProcessingGraph graph, WorkSlot slot, long maxFileBytes, UploadFields fields, TimeProvider clock)
    {
        public bool IsAnswered { get; private set; }

        public async Task RunAsync(string filename, Stream body, CancellationToken cancellationToken)
        {
            if (IsAnswered)
            {
                return;
            }

            await using var counted = new CountedStream(body, maxFileBytes);
            var uploadTime = clock.GetUtcNow();
            var job = new FileJob
            {
                FileId = context.TraceIdentifier,
                Options = fields.ToOptions().ToReadingOptions(),
                OpenAsync = _ => Task.FromResult<Stream>(counted),
                PersistAsync = (result, token) => AnswerAsync(filename, counted.Count, uploadTime, result),
            };
            await graph.RunAsync(job, cancellationToken);

            // What follows in the form is read, but no work.
            slot.Dispose();
        }

        private async Task AnswerAsync(string filename, long size, DateTimeOffset uploadTime, FileResult result)
        {
            if (size == 0)
            {
                throw UploadRefusedException.Empty();
            }

            var file = new FileRecord
            {
                FileId = "",
                Status = ResultPublisher.StatusOf(result),
                Filename = filename,
                Size = size,
                UploadTime = uploadTime,
                ProcessingTime = clock.GetUtcNow(),
                TotalRows = result.TotalRows,
                ValidRows = result.ValidRows,
                InvalidRows = result.InvalidRows,
                ErrorsByReason = result.ErrorsByReason,
                Error = result.Error,
                BlobKey = "",
            };
            var answer = new ResultJson(file, result.Sensors.ToAsyncEnumerable(), [.. result.Rejections.Take(ShownErrors)]);
            await answer.ExecuteAsync(context);
            IsAnswered = true;
        }
    }
}

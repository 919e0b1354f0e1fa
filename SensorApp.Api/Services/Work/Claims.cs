using System.Diagnostics;
using Microsoft.Extensions.Options;
using SensorApp.Api.Processing;
using SensorApp.Api.Services.Telemetry;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Work;

/// <summary>Takes files and gives them back: the only writer of leases, beside the upload that takes its own file.</summary>
public sealed partial class Claims(IMetadataStore metadata, IOptions<WorkOptions> options, TimeProvider clock, ILogger<Claims> logger)
{
    private const string CrashReason = "the process that worked on it ended, or was cut off, in mid-work";

    private readonly WorkOptions _options = options.Value;

    /// <summary>Takes a due file, on condition that it still has the lease with which it was seen, and that nobody renewed it.</summary>
    /// <returns>Null when somebody else was first, or when this was one attempt too many and the file has failed.</returns>
    public async Task<(FileRecord File, Lease Lease)?> TryClaimAsync(DueFile due, CancellationToken cancellationToken)
    {
        using var activity = FileTracing.Resume("claim", ActivityKind.Internal, due.FileId, due.TraceContext);
        var hasCrashed = due.LeaseId is not null;
        var attempts = due.Attempts + (hasCrashed ? 1 : 0);
        activity?.SetTag(FileTracing.Attempt, attempts + 1);

        if (attempts >= _options.MaxAttempts)
        {
            await FailAsync(AsSeen(due), attempts, CrashReason, cancellationToken);
            return null;
        }

        var lease = Lease.New(clock, _options.LeaseTime);
        var file = await metadata.TryChangeAsync(
            AsSeen(due) with
            {
                Status = FileStatus.Pending,
                NewLeaseId = lease.Id,
                LeaseUntil = lease.Until,
                DueAt = lease.Until,
                Attempts = hasCrashed ? attempts : null,
                LastReason = hasCrashed ? CrashReason : null,
                Clear = [FileField.Progress, FileField.StartedTime],
            },
            cancellationToken);

        activity?.SetTag(FileTracing.Outcome, file is null ? "lost_to_another" : "leased");

        if (file is not null && hasCrashed)
        {
            FileMetrics.AttemptCrashed();
            Log.TakenOver(logger, due.FileId, attempts, _options.MaxAttempts);
        }

        return file is null ? null : (file, lease);
    }

    /// <summary>Gives a file back that was not at fault: it is due again after a growing delay, and no attempt is counted.</summary>
    public Task DeferAsync(FileRecord file, Lease lease, string reason, TimeSpan delay, CancellationToken cancellationToken)
    {
        Log.GivenBack(logger, file.FileId, reason);
        return ReleaseAsync(file, lease, reason, delay, new Counters(file.Attempts, file.Deferrals + 1), cancellationToken);
    }

    /// <summary>Counts an attempt that failed because of the file itself; after the last one the file has failed.</summary>
    public Task CountFailureAsync(FileRecord file, Lease lease, string reason, CancellationToken cancellationToken)
    {
        var attempts = file.Attempts + 1;
        Log.AttemptFailed(logger, file.FileId, attempts, _options.MaxAttempts, reason);
        return attempts >= _options.MaxAttempts
            ? FailAsync(new FileChange(file.FileId) { WhenStatus = FileStatuses.Unfinished, WhenLeaseId = lease.Id }, attempts, reason, cancellationToken)
            : ReleaseAsync(file, lease, reason, _options.DelayAfter(attempts), new Counters(attempts, Deferrals: 0), cancellationToken);
    }

    /// <summary>The file as the index saw it. Of a file that nobody holds, the time may be an old one: that changes nothing.</summary>
    private static FileChange AsSeen(DueFile due) => new(due.FileId)
    {
        WhenStatus = FileStatuses.Unfinished,
        WhenLeaseId = due.LeaseId,
        WhenUnleased = due.LeaseId is null,
        WhenDueAt = due.LeaseId is null ? null : due.DueAt,
    };

    private Task<FileRecord?> ReleaseAsync(FileRecord file, Lease lease, string reason, TimeSpan delay, Counters counters, CancellationToken cancellationToken) =>
        metadata.TryChangeAsync(
            new FileChange(file.FileId)
            {
                WhenStatus = FileStatuses.Unfinished,
                WhenLeaseId = lease.Id,
                Status = FileStatus.Pending,
                DueAt = clock.GetUtcNow() + delay,
                Attempts = counters.Attempts,
                Deferrals = counters.Deferrals,
                LastReason = reason,
                Clear = [FileField.Lease, FileField.Progress, FileField.StartedTime],
            },
            cancellationToken);

    /// <summary>Gives the file up, on the conditions given. No lease stays: whatever the last holder has stored, nothing leads to it.</summary>
    private async Task FailAsync(FileChange conditions, int attempts, string reason, CancellationToken cancellationToken)
    {
        var failed = await metadata.TryChangeAsync(
            conditions with
            {
                Status = FileStatus.Failed,
                ProcessingTime = clock.GetUtcNow(),
                Error = new FileError(FileErrorCodes.AttemptsExhausted, $"Given up after {attempts} attempts; the last ended because {reason}."),
                Attempts = attempts,
                LastReason = reason,
                Clear = [FileField.Due, FileField.Lease, FileField.Progress],
            },
            cancellationToken);

        if (failed is not null)
        {
            FileMetrics.FileFinished(FileStatus.Failed);
            Log.GivenUp(logger, conditions.FileId, attempts, reason);
        }
    }

    private readonly record struct Counters(int Attempts, int Deferrals);

    private static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Warning, "File {FileId} was taken over after a crash: attempt {Attempts} of {MaxAttempts} is spent.")]
        public static partial void TakenOver(ILogger logger, string fileId, int attempts, int maxAttempts);

        [LoggerMessage(3102, LogLevel.Information, "File {FileId} is given back: {Reason}.")]
        public static partial void GivenBack(ILogger logger, string fileId, string reason);

        [LoggerMessage(3103, LogLevel.Warning, "Attempt {Attempts} of {MaxAttempts} at file {FileId} failed: {Reason}.")]
        public static partial void AttemptFailed(ILogger logger, string fileId, int attempts, int maxAttempts, string reason);

        [LoggerMessage(3104, LogLevel.Error, "File {FileId} is given up after {Attempts} attempts: {Reason}.")]
        public static partial void GivenUp(ILogger logger, string fileId, int attempts, string reason);
    }
}

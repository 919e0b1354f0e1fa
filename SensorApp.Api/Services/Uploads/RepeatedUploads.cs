using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Uploads;

/// <summary>A file as an upload is answered with it.</summary>
/// <param name="FileId">Its id; a duplicate's is that of the earlier file.</param>
/// <param name="Status">Where it is on its way.</param>
/// <param name="IsDuplicate">Whether an earlier upload brought the same content.</param>
public sealed record AcceptedFile(string FileId, FileStatus Status, bool IsDuplicate = false);

/// <summary>Accepts uploads that may have come before: by idempotency key, by content, or both.</summary>
public sealed class RepeatedUploads(IMetadataStore metadata, UploadReceiver receiver, UploadAcceptance acceptance, TimeProvider clock)
{
    /// <summary>What one transaction of the store holds: two items a file, and the key itself.</summary>
    public const int MostFiles = 49;

    // A marker found in one moment may be replaced in the next: then it is looked at again, but not forever.
    private const int MostRounds = 5;

    /// <summary>Accepts the files as one request.</summary>
    /// <returns>One answer a file, in their order.</returns>
    /// <exception cref="UploadRefusedException">The key stands for another request, or there are too many files for one transaction. Nothing is recorded.</exception>
    public async Task<IReadOnlyList<AcceptedFile>> AcceptAsync(
        IReadOnlyList<ReceivedFile> files, UploadOptions options, RepeatPolicy policy, CancellationToken cancellationToken)
    {
        if (files.Count > MostFiles)
        {
            throw new UploadRefusedException(
                UploadRefusals.TooManyFiles, $"Found {files.Count} files; with an Idempotency-Key or deduplicate, at most {MostFiles} are accepted in one request.");
        }

        var fingerprint = UploadMarkers.Fingerprint(files, options);

        for (var round = 0; round < MostRounds; round++)
        {
            if (await FindAnswerAsync(policy, fingerprint, cancellationToken) is { } answer)
            {
                await LetGoAsync(files, answer.Files);
                return answer.Files;
            }

            var plan = policy.Deduplicate ? await PlanAsync(files, cancellationToken) : Plan.ForNew(files);

            if (policy.IdempotencyKey is not null)
            {
                plan.Markers.Add(KeyMarker(policy, new IdempotentAnswer(fingerprint, plan.Answers)));
            }

            if (plan.Markers.Count == 0 || await acceptance.TryAcceptAsync(plan.New, options, plan.Markers, cancellationToken) is not null)
            {
                await LetGoAsync([.. files.Except(plan.New)], plan.Answers);
                return plan.Answers;
            }
        }

        throw new MetadataStorageException("The same upload is under way many times at once; none of them came first.");
    }

    /// <summary>
    /// Removes files for which earlier ones stand in the answer. One that is in it itself was recorded, though the store said no: it
    /// is left to whoever is free.
    /// </summary>
    private async Task LetGoAsync(IReadOnlyList<ReceivedFile> files, IEnumerable<AcceptedFile> answers)
    {
        var answered = answers.Select(answer => answer.FileId).ToHashSet(StringComparer.Ordinal);
        await Task.WhenAll(files.Where(file => answered.Contains(file.FileId)).Select(UploadReceiver.LeaveAsync));
        await receiver.DiscardAsync([.. files.Where(file => !answered.Contains(file.FileId))]);
    }

    private async Task<IdempotentAnswer?> FindAnswerAsync(RepeatPolicy policy, string fingerprint, CancellationToken cancellationToken)
    {
        if (policy.IdempotencyKey is null || await metadata.FindMarkerAsync(UploadMarkers.IdempotencyKey(policy), cancellationToken) is not { } value)
        {
            return null;
        }

        var answer = UploadMarkers.Deserialize(value);
        return answer.Fingerprint == fingerprint
            ? answer
            : throw new UploadRefusedException(
                UploadRefusals.IdempotencyKeyReused,
                $"Idempotency-Key '{policy.IdempotencyKey}' was used for another upload; expected a new key, or the same files and options.");
    }

    /// <summary>Finds out which of the files are new, and which are known from earlier uploads or from this one.</summary>
    private async Task<Plan> PlanAsync(IReadOnlyList<ReceivedFile> files, CancellationToken cancellationToken)
    {
        var plan = new Plan();
        var known = new Dictionary<string, AcceptedFile>(StringComparer.Ordinal);

        foreach (var file in files)
        {
            if (known.TryGetValue(file.Sha256, out var same))
            {
                plan.Answers.Add(same with { IsDuplicate = true });
                continue;
            }

            var answer = known[file.Sha256] = await FindSameAsync(file, plan, cancellationToken);
            plan.Answers.Add(answer);
        }

        return plan;
    }

    private async Task<AcceptedFile> FindSameAsync(ReceivedFile file, Plan plan, CancellationToken cancellationToken)
    {
        var key = UploadMarkers.ContentKey(file.Sha256);
        var earlierId = await metadata.FindMarkerAsync(key, cancellationToken);
        var earlier = earlierId is null ? null : await metadata.FindAsync(earlierId, cancellationToken);

        // A file that failed, or is gone, is no answer to somebody who sends it again.
        if (earlier is not null && earlier.Status.IsVisible() && earlier.Status != FileStatus.Failed)
        {
            return new AcceptedFile(earlier.FileId, earlier.Status, IsDuplicate: true);
        }

        plan.New.Add(file);
        plan.Markers.Add(new Marker(key, file.FileId) { Replaces = earlierId });
        return new AcceptedFile(file.FileId, FileStatus.Pending);
    }

    private Marker KeyMarker(RepeatPolicy policy, IdempotentAnswer answer) =>
        new(UploadMarkers.IdempotencyKey(policy), UploadMarkers.Serialize(answer)) { ExpiresAt = clock.GetUtcNow() + UploadMarkers.IdempotencyLifetime };

    /// <summary>What to record, and what to answer.</summary>
    private sealed class Plan
    {
        public List<ReceivedFile> New { get; } = [];

        public List<Marker> Markers { get; } = [];

        public List<AcceptedFile> Answers { get; } = [];

        public static Plan ForNew(IReadOnlyList<ReceivedFile> files)
        {
            var plan = new Plan();
            plan.New.AddRange(files);
            plan.Answers.AddRange(files.Select(file => new AcceptedFile(file.FileId, FileStatus.Pending)));
            return plan;
        }
    }
}

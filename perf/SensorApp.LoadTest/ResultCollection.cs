using SensorApp.Workload;

namespace SensorApp.LoadTest;

/// <summary>Waits for results, oldest file first, and checks each.</summary>
public sealed class ResultCollection(SensorServiceClient service, RunClock clock, TextWriter? progress)
{
    private const int FilesAskedForAtOnce = 8;
    private const int DifferencesShown = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    // A file that another replica has to take over waits for a lease of 120 s to run out.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<ProcessingReport> CollectAsync(IReadOnlyList<AcceptedFile> files, CancellationToken cancellationToken)
    {
        var results = new FileResults?[files.Count];
        var bar = new ProgressBar("checking", files.Count, progress);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = FilesAskedForAtOnce, CancellationToken = cancellationToken };

        await Parallel.ForAsync(0, files.Count, parallelism, async (index, token) =>
        {
            results[index] = await WaitForResultsAsync(files[index].FileId, token);
            bar.Advance();
        });

        bar.Complete();
        return Summarise(files, results);
    }

    /// <summary>The final results; null when they did not come in time.</summary>
    private async Task<FileResults?> WaitForResultsAsync(string fileId, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);

        try
        {
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                if (await TryGetResultsAsync(fileId, patience.Token) is { IsFinal: true } results)
                {
                    return results;
                }

                await Task.Delay(pause, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>A service that is away for a moment is asked again: only uploads are judged by their first answer.</summary>
    private async Task<FileResults?> TryGetResultsAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            return await service.GetResultsAsync(fileId, cancellationToken);
        }
        catch (Exception failure) when (SensorServiceClient.IsNetworkFailure(failure, cancellationToken))
        {
            return null;
        }
    }

    private ProcessingReport Summarise(IReadOnlyList<AcceptedFile> files, FileResults?[] results)
    {
        var complete = results.OfType<FileResults>().ToArray();
        var differences = files.Zip(results)
            .Where(file => file.Second is not null)
            .Select(file => (file.First.FileId, Difference: ResultCheck.FindDifference(file.First.File, file.Second!)))
            .Where(file => file.Difference is not null)
            .Select(file => $"{file.FileId}: {file.Difference}")
            .ToArray();
        var seconds = complete.Length == 0 ? 0 : clock.ElapsedAt(complete.Min(Upload), complete.Max(Completion)).TotalSeconds;

        return new ProcessingReport
        {
            Completed = complete.Length,
            Statuses = complete.CountBy(result => result.Status).ToDictionary(),
            Seconds = seconds,
            FilesPerSecond = seconds > 0 ? complete.Length / seconds : 0,
            WaitMs = Distribution.Of(complete.Select(result => Completion(result) - Upload(result))),
            Wrong = differences.Length,
            Missing = results.Length - complete.Length,
            Differences = differences[..Math.Min(differences.Length, DifferencesShown)],
        };
    }

    private static DateTimeOffset Upload(FileResults result) => result.UploadTime ?? default;

    private static DateTimeOffset Completion(FileResults result) => result.ProcessingTime ?? Upload(result);
}

using System.Diagnostics;
using SensorApp.Workload;

namespace SensorApp.LoadTest;

/// <summary>One load test: uploads first, then, if asked for, the results, and in the end the deletions.</summary>
/// <remarks>Results are fetched only after the last upload, so that looking does not slow down what is measured.</remarks>
public sealed class LoadTestRun(LoadTestOptions options, SensorServiceClient service, TextWriter? progress)
{
    private const int Seed = 20_260_601;

    // Bodies are made before the clock starts and kept: 1,000 large ones take 45 MB. Names differ for every file.
    private const int DistinctBodies = 1_000;

    /// <summary>The files that a run with these options sends: always the same.</summary>
    public static GeneratedFile[] GenerateFiles(LoadTestOptions options)
    {
        var generator = new FileGenerator(Seed, options.Errors);
        var bodies = Enumerable.Range(0, Math.Min(options.Files, DistinctBodies))
            .Select(index => generator.Generate(index, (int)options.Size))
            .ToArray();
        return [.. Enumerable.Range(0, options.Files).Select(index => bodies[index % bodies.Length] with { Name = FileGenerator.NameOf(Seed, index) })];
    }

    public async Task<LoadTestReport> RunAsync(CancellationToken cancellationToken)
    {
        var files = GenerateFiles(options);
        await WarmUpAsync(files, cancellationToken);
        // What making the files has left is this side's affair: new objects take its room, instead of memory that the system has to give first.
        GC.Collect();
        var clock = RunClock.Start(TimeProvider.System);
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var (outcomes, elapsed) = await UploadAsync(files, progress, cancellationToken);
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        var accepted = files.Zip(outcomes)
            .Where(upload => upload.Second.FileId is not null)
            .Select(upload => new AcceptedFile(upload.Second.FileId!, upload.First))
            .ToArray();

        return new LoadTestReport
        {
            ApiUrl = options.ApiUrl.ToString(),
            Files = options.Files,
            Concurrency = options.Concurrency,
            Size = options.Size.ToString().ToLowerInvariant(),
            RowsPerFile = (int)options.Size,
            Errors = options.Errors,
            Uploads = Summarise(outcomes, elapsed, cpu),
            Processing = options.Wait ? await new ResultCollection(service, clock, progress).CollectAsync(accepted, cancellationToken) : null,
            NotDeleted = options.Delete ? await DeleteAsync(accepted, cancellationToken) : null,
        };
    }

    /// <summary>
    /// Opens the connections and has this side's code compiled, with uploads of nothing, which every service refuses, and a made-up answer: else
    /// the first fifty files of a run would wait a fifth of a second for the load test, and be the slowest hundredth of what is said about the
    /// service.
    /// </summary>
    private async Task WarmUpAsync(GeneratedFile[] files, CancellationToken cancellationToken)
    {
        var empty = files.Take(options.Concurrency).Select(file => file with { Name = "warm-up.csv", Content = [] });
        await UploadAsync([.. empty], output: null, cancellationToken);
        await SensorServiceClient.ReadSampleAnswerAsync(cancellationToken);
    }

    private async Task<(UploadOutcome[] Outcomes, TimeSpan Elapsed)> UploadAsync(
        GeneratedFile[] files, TextWriter? output, CancellationToken cancellationToken)
    {
        var outcomes = new UploadOutcome[files.Length];
        var bar = new ProgressBar("uploading", files.Length, output);
        var started = Stopwatch.GetTimestamp();

        await Parallel.ForAsync(0, files.Length, Parallelism(cancellationToken), async (index, token) =>
        {
            outcomes[index] = await service.UploadAsync(files[index].Name, files[index].Content, token);
            bar.Advance();
        });

        var elapsed = Stopwatch.GetElapsedTime(started);
        bar.Complete();
        return (outcomes, elapsed);
    }

    /// <returns>How many files could not be deleted.</returns>
    private async Task<int> DeleteAsync(AcceptedFile[] files, CancellationToken cancellationToken)
    {
        var failed = 0;
        var bar = new ProgressBar("deleting", files.Length, progress);

        await Parallel.ForEachAsync(files, Parallelism(cancellationToken), async (file, token) =>
        {
            if (!await service.TryDeleteAsync(file.FileId, token))
            {
                Interlocked.Increment(ref failed);
            }

            bar.Advance();
        });

        bar.Complete();
        return failed;
    }

    private ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };

    private static UploadReport Summarise(UploadOutcome[] outcomes, TimeSpan elapsed, TimeSpan cpu)
    {
        var accepted = outcomes.Where(outcome => outcome.Failure is null).ToArray();
        return new UploadReport
        {
            Succeeded = accepted.Length,
            Failed = outcomes.Length - accepted.Length,
            Failures = outcomes.Where(outcome => outcome.Failure is not null).CountBy(outcome => outcome.Failure!).ToDictionary(),
            Seconds = elapsed.TotalSeconds,
            FilesPerSecond = accepted.Length / elapsed.TotalSeconds,
            ClientCpuMicroseconds = cpu.TotalMicroseconds / outcomes.Length,
            ResponseMs = Distribution.Of(accepted.Select(outcome => outcome.Elapsed)),
        };
    }
}

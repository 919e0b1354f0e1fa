namespace SensorApp.Api.Processing;

/// <summary>One file for the <c>ProcessingGraph</c>: where its bytes come from and where its result goes.</summary>
public sealed record FileJob
{
    /// <summary>Identifies the file in logs and errors; the graph attaches no other meaning to it.</summary>
    public required string FileId { get; init; }

    public ReadingOptions Options { get; init; } = ReadingOptions.Default;

    /// <summary>Opens the file's bytes as uploaded, gzip included. Called once; the graph disposes the stream.</summary>
    public required Func<CancellationToken, Task<Stream>> OpenAsync { get; init; }

    /// <summary>Makes the result durable. Called once: as the file's one message to the persist block or, for a file of one chunk, by the thread that read it. The result is valid only until the task completes.</summary>
    public required Func<FileResult, CancellationToken, Task> PersistAsync { get; init; }

    /// <summary>Told how far reading is; called often and from any thread, so it must be cheap and must not throw.</summary>
    public Action<FileProgress>? OnProgress { get; init; }
}

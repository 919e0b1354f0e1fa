using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Events;

/// <summary>Waits for files to reach their end.</summary>
public sealed class FileWaiter(IMetadataStore metadata, StatusFeed feed, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <returns>The record as it is when the file is final, or when the time is up; null if it is gone.</returns>
    public async Task<FileRecord?> WaitAsync(string fileId, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping, cancellationToken);
        var file = await metadata.FindAsync(fileId, cancellationToken);

        if (file is null || file.Status.IsFinal())
        {
            return file;
        }

        using var watch = feed.Watch([file]);

        while (file is { Status: var status } && !status.IsFinal() && await HasChangeAsync(watch, ending.Token))
        {
            while (watch.Changes.TryRead(out _))
            {
                // Only the last one counts, and the record has the results, too.
            }

            file = await metadata.FindAsync(fileId, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return file;
    }

    private static async Task<bool> HasChangeAsync(StatusWatch watch, CancellationToken ending)
    {
        try
        {
            return await watch.Changes.WaitToReadAsync(ending);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

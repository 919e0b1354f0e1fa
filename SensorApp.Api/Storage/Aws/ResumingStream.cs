using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Storage.Aws;

/// <summary>One answer to a read: the bytes from an offset to the end.</summary>
internal sealed record OpenedRange(Stream Body, long Length, string ETag, Func<Exception, BlobStorageException> Translate);

/// <summary>
/// A download that outlives its connection: when the body is cut off or stalls, the rest is asked for by range, on condition
/// that it is still the same version. The resilience handler cannot do this: it is done once the headers are in.
/// </summary>
internal sealed class ResumingStream(
    OpenedRange first, Func<long, string, CancellationToken, Task<OpenedRange>> resumeAsync, TimeProvider clock) : ForwardStream(first.Body)
{
    // So many cuts in a row without a byte between them are an outage.
    private const int MostCutsInARow = 5;
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(10);

    private readonly long _length = first.Length;
    private OpenedRange _current = first;
    private long _position;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position == _length)
        {
            return 0;
        }

        for (var cuts = 0; ; cuts++)
        {
            var failure = await TryReadAsync(buffer, cancellationToken);

            if (failure.Cause is null)
            {
                _position += failure.Count;
                return failure.Count;
            }

            if (cuts == MostCutsInARow)
            {
                throw _current.Translate(failure.Cause);
            }

            await Source.DisposeAsync();
            _current = await resumeAsync(_position, _current.ETag, cancellationToken);
            Source = _current.Body;
        }
    }

    private async Task<(int Count, Exception? Cause)> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(StallLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);

        try
        {
            var count = await Source.ReadAsync(buffer, either.Token);
            return count > 0 ? (count, null) : (0, new EndOfStreamException($"The body ended after {_position} of {_length} bytes."));
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException || (cut is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (0, cut);
        }
    }
}

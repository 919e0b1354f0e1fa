using System.Buffers;

namespace SensorApp.Api.Services.Work;

/// <summary>
/// The bytes of a small file, kept since its upload so that its worker need not fetch them. Whoever needs them last disposes it;
/// doing so again does nothing. Thread-safe.
/// </summary>
/// <remarks>The array goes back to its pool once this and all streams of it are disposed, never earlier: nobody can read another upload's bytes. A stream that is not disposed only keeps it from the pool; the memory counts as free all the same.</remarks>
/// <param name="content">The bytes, in an array of the shared pool which is handed over.</param>
/// <param name="reservation">The memory that it takes.</param>
public sealed class KeptFile(ArraySegment<byte> content, ByteReservation reservation) : IDisposable
{
    private readonly Lock _lock = new();
    private int _openStreams;
    private bool _isDisposed;

    /// <summary>Memory taken, see <see cref="SegmentBuffer.BytesTaken"/>.</summary>
    public int Bytes => content.Array!.Length;

    /// <summary>The bytes from the first on; a stream must be read by one thread at a time, and not while it is disposed.</summary>
    /// <exception cref="ObjectDisposedException">They were let go.</exception>
    public Stream Open() => TryOpen() ?? throw new ObjectDisposedException(nameof(KeptFile));

    /// <summary>The same, for who can do without; null once they were let go.</summary>
    public Stream? TryOpen()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return null;
            }

            _openStreams++;
        }

        return new KeptStream(this, content);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            ReturnUnread();
        }

        reservation.Dispose();
    }

    private void Close()
    {
        lock (_lock)
        {
            _openStreams--;
            ReturnUnread();
        }
    }

    private void ReturnUnread()
    {
        if (_isDisposed && _openStreams == 0)
        {
            ArrayPool<byte>.Shared.Return(content.Array!);
        }
    }

    private sealed class KeptStream(KeptFile file, ArraySegment<byte> content) : MemoryStream(content.Array!, content.Offset, content.Count, writable: false)
    {
        private KeptFile? _file = file;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            Interlocked.Exchange(ref _file, null)?.Close();
        }
    }
}

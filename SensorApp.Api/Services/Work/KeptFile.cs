using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Work;

/// <summary>The bytes of a small file, kept since its upload so that its worker need not fetch them. Not thread-safe; disposing it again does nothing.</summary>
/// <param name="content">The bytes; this owns them now.</param>
/// <param name="reservation">The memory that they take.</param>
public sealed class KeptFile(SegmentBuffer content, ByteReservation reservation) : IDisposable
{
    private bool _isDisposed;

    /// <summary>Reads from the first byte on; to be read before this is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The bytes are gone: an empty file instead would have a result.</exception>
    public Stream Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new SequenceStream(content.ToSequence());
    }

    public void Dispose()
    {
        _isDisposed = true;
        content.Dispose();
        reservation.Dispose();
    }
}

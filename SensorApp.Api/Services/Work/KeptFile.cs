using SensorApp.Api.Storage;

namespace SensorApp.Api.Services.Work;

/// <summary>The bytes of a small file, kept since its upload so that its worker need not fetch them. Whoever holds it last disposes it.</summary>
/// <param name="content">The bytes; this owns them now.</param>
/// <param name="reservation">The memory that they take.</param>
public sealed class KeptFile(SegmentBuffer content, ByteReservation reservation) : IDisposable
{
    /// <summary>Reads from the first byte on; to be read before this is disposed.</summary>
    public Stream Open() => new SequenceStream(content.ToSequence());

    public void Dispose()
    {
        content.Dispose();
        reservation.Dispose();
    }
}

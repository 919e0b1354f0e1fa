namespace SensorApp.Api.Services.Work;

/// <summary>The bytes of a small file, kept since its upload so that its worker need not fetch them. Whoever holds it last disposes it.</summary>
public sealed class KeptFile(byte[] content, ByteReservation reservation) : IDisposable
{
    public Stream Open() => new MemoryStream(content, writable: false);

    public void Dispose() => reservation.Dispose();
}

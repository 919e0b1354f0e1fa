namespace SensorApp.Api.Services.Work;

/// <summary>The bytes of a small file, kept since its upload so that its worker need not fetch them. Whoever needs them last disposes it; doing so again does nothing.</summary>
/// <param name="content">The bytes. They come from no pool: whatever goes wrong, nobody can read another upload's.</param>
/// <param name="reservation">The memory that they take.</param>
public sealed class KeptFile(byte[] content, ByteReservation reservation) : IDisposable
{
    public int Length => content.Length;

    public Stream Open() => new MemoryStream(content, writable: false);

    public void Dispose() => reservation.Dispose();
}

using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Services.Uploads;

/// <summary>Counts what is read from a body, and ends with a refusal when it is too much. The body stays its owner's.</summary>
internal sealed class CountedStream(Stream body, long maxBytes) : ForwardStream(body, ownsSource: false)
{
    public long Count { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await Source.ReadAsync(buffer, cancellationToken);
        Count += count;
        return Count <= maxBytes ? count : throw TooLarge(maxBytes);
    }

    private static UploadRefusedException TooLarge(long maxBytes) =>
        new(UploadRefusals.FileTooLarge, $"The file is larger than {maxBytes >> 20} MiB, the most that is accepted here (MAX_UPLOAD_MB).");
}

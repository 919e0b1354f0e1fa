using SensorApp.Api.Storage;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Api.Services.Uploads;

/// <summary>
/// The memory of uploads, <c>MAX_UPLOAD_BUFFER_MB</c>, in two budgets: first segments, and whole parts. An upload that holds a
/// part needs no more to go on, so uploads that wait for parts never wait for each other.
/// </summary>
public sealed class UploadBuffers
{
    private const long MiB = 1024 * 1024;

    public UploadBuffers(IConfiguration configuration)
    {
        var total = KnownSettings.MaxUploadBufferMb.Read(configuration) * MiB;
        MaxFileBytes = KnownSettings.MaxUploadMb.Read(configuration) * MiB;
        FirstSegments = new ByteBudget(total / 4);
        Parts = new ByteBudget(total - (total / 4));
        KeptBytesPerRequest = total / 4 / 16;
        PartBytes = (int)Math.Max(BlobLimits.SmallestPart, RoundUpToMiB(MaxFileBytes / BlobLimits.MostParts));
    }

    public long MaxFileBytes { get; }

    /// <summary>As small as the largest file allows.</summary>
    public int PartBytes { get; }

    public ByteBudget FirstSegments { get; }

    /// <summary>What the files of one request may take of the first segments once they are received: a sixteenth, so that a slow form of many files leaves room for others.</summary>
    public long KeptBytesPerRequest { get; }

    public ByteBudget Parts { get; }

    private static long RoundUpToMiB(long bytes) => (bytes + MiB - 1) / MiB * MiB;
}

namespace SensorApp.Api.Storage;

/// <summary>What blob stores allow (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html).</summary>
public static class BlobLimits
{
    /// <summary>Every part but the last holds at least so many bytes.</summary>
    public const int SmallestPart = 5 * 1024 * 1024;

    public const int MostParts = 10_000;
}

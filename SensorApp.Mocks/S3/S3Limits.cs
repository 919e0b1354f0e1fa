namespace SensorApp.Mocks.S3;

/// <summary>
/// What S3 allows, from https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html (multipart),
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (bucket names),
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html (keys) and
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html (metadata).
/// </summary>
internal static class S3Limits
{
    public const int MostListed = 1_000;
    public const int MostDeleted = 1_000;
    public const int MostParts = 10_000;
    public const int MostMetadataBytes = 2 * 1024;
    public const int MostKeyBytes = 1_024;
    public const int ShortestBucketName = 3;
    public const int LongestBucketName = 63;

    /// <summary>Of one PUT, one part, and one copy.</summary>
    public const long MostPutBytes = 5L * 1024 * 1024 * 1024;

    /// <summary>A delete of 1,000 keys of 1,024 bytes, each of them escaped, stays below; so do 10,000 parts with checksums.</summary>
    public const int MostXmlBytes = 8 * 1024 * 1024;

    /// <summary>A line of an aws-chunked body: a size and a signature, or a trailer.</summary>
    public const int MostChunkLineBytes = 16 * 1024;
}

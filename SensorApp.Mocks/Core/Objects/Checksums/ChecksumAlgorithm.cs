namespace SensorApp.Mocks.Core.Objects.Checksums;

/// <summary>The checksums that clients may send along (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html).</summary>
public enum ChecksumAlgorithm
{
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
}

/// <summary>What a checksum covers.</summary>
public enum ChecksumType
{
    /// <summary>All bytes of the object.</summary>
    FullObject,

    /// <summary>The checksums of the parts.</summary>
    Composite,
}

/// <param name="Value">Base64; a composite one ends in <c>-</c> and the number of parts.</param>
public sealed record Checksum(ChecksumAlgorithm Algorithm, ChecksumType Type, string Value);

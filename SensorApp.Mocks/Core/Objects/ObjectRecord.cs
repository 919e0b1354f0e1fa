using System.Text.Json.Serialization;
using SensorApp.Mocks.Core.Objects.Checksums;

namespace SensorApp.Mocks.Core.Objects;

/// <summary>Everything about an object but its bytes. Never changed once stored: a write stores another.</summary>
public sealed record ObjectRecord
{
    public required string Key { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Hexadecimal, without quotes; of a multipart upload with <c>-</c> and the number of parts.</summary>
    public required string ETag { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    public required ObjectAttributes Attributes { get; init; }

    public Checksum? Checksum { get; init; }

    /// <summary>In order; together the object's bytes.</summary>
    public required IReadOnlyList<Segment> Content { get; init; }

    /// <summary>The parts of a multipart upload in order; null when it was written in one piece.</summary>
    public IReadOnlyList<PartSummary>? Parts { get; init; }

    /// <summary>The multipart upload that it came from: a client that lost the answer completes once more and must get it again.</summary>
    public string? UploadId { get; init; }
}

/// <summary>What a client says about an object when it stores it.</summary>
/// <param name="Headers">System metadata by canonical header name, for example <c>Content-Type</c>.</param>
/// <param name="Metadata">User metadata by lower-case name without prefix; values as they are answered, one char a byte.</param>
public sealed record ObjectAttributes(IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Metadata, string StorageClass = "STANDARD");

/// <param name="Size">In bytes.</param>
/// <param name="Checksum">Base64 in the algorithm of the upload; null when the upload has none.</param>
public sealed record PartSummary(int Number, long Size, string? Checksum);

/// <param name="Region">As given at creation; empty for the default one.</param>
public sealed record BucketRecord(string Name, DateTimeOffset Created, string Region);

/// <summary>A multipart upload that is neither completed nor aborted.</summary>
/// <param name="Algorithm">The checksum that the client announced; null when it announced none.</param>
public sealed record UploadRecord(
    string Id, string Bucket, string Key, DateTimeOffset Initiated, ObjectAttributes Attributes, ChecksumAlgorithm? Algorithm, ChecksumType ChecksumType);

/// <summary>An uploaded part.</summary>
public sealed record PartRecord(int Number, long Size, string ETag, DateTimeOffset LastModified, Checksum? Checksum, Segment Content);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ObjectRecord))]
[JsonSerializable(typeof(BucketRecord))]
[JsonSerializable(typeof(UploadRecord))]
[JsonSerializable(typeof(PartRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;

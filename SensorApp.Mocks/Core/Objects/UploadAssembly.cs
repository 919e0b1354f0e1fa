using System.Globalization;
using System.Security.Cryptography;
using SensorApp.Mocks.Core.Objects.Checksums;

namespace SensorApp.Mocks.Core.Objects;

/// <param name="Checksum">Base64; null when the client sent none.</param>
public sealed record PartClaim(int Number, string ETag, Checksum? Checksum);

/// <summary>What a client sends to complete a multipart upload.</summary>
/// <param name="Claims">The parts in the client's order.</param>
/// <param name="Checksum">What the whole must have; null when the client sent none.</param>
/// <param name="Size">What the whole must measure, in bytes; null when the client does not say.</param>
/// <param name="Type">What the checksum of the whole covers; null when the client does not say.</param>
public sealed record UploadAssembly(IReadOnlyList<PartClaim> Claims, Checksum? Checksum, long? Size, ChecksumType? Type = null)
{
    /// <summary>Every part but the last has at least this many bytes (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html).</summary>
    public const long SmallestPartBytes = 5 * 1024 * 1024;

    /// <returns>The object, and the numbers of the parts that it is made of.</returns>
    internal (ObjectRecord Record, HashSet<int> Used) Assemble(UploadRecord upload, Func<int, PartRecord?> find, DateTimeOffset now)
    {
        if (Claims.Count == 0)
            throw new ObjectStoreException(ObjectFault.InvalidRequest, "", "You must specify at least one part");

        // A part that was sent again may be listed again: the last of a number is meant.
        if (Claims.Zip(Claims.Skip(1)).Any(pair => pair.First.Number > pair.Second.Number))
            throw new ObjectStoreException(ObjectFault.InvalidPartOrder, upload.Id);

        var parts = Claims
            .Where((claim, i) => i == Claims.Count - 1 || Claims[i + 1].Number != claim.Number)
            .Select(claim => Verify(claim, find(claim.Number), upload.Id))
            .ToArray();

        if (parts.SkipLast(1).FirstOrDefault(part => part.Size < SmallestPartBytes) is { } small)
            throw new PartException(ObjectFault.EntityTooSmall, upload.Id, small.Number, small.ETag, small.Size);

        CheckType(upload);

        var size = parts.Sum(part => part.Size);

        if (Size is { } expected && expected != size)
            throw new ObjectStoreException(ObjectFault.InvalidRequest, "x-amz-mp-object-size", $"The provided 'x-amz-mp-object-size' header value {expected} does not match what was computed: {size}");

        return (new ObjectRecord
        {
            Key = upload.Key,
            Size = size,
            ETag = string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(MD5.HashData([.. parts.SelectMany(part => Convert.FromHexString(part.ETag))]))}-{parts.Length}"),
            LastModified = now,
            Attributes = upload.Attributes,
            Checksum = ChecksumOf(upload, parts),
            Content = [.. parts.Select(part => part.Content)],
            Parts = [.. parts.Select(part => new PartSummary(part.Number, part.Size, upload.Algorithm is null ? null : part.Checksum?.Value))],
            UploadId = upload.Id,
        }, parts.Select(part => part.Number).ToHashSet());
    }

    private static PartRecord Verify(PartClaim claim, PartRecord? part, string uploadId)
    {
        return part is not null && claim.ETag == part.ETag && Agree(claim.Checksum, part.Checksum)
            ? part
            : throw new PartException(ObjectFault.InvalidPart, uploadId, claim.Number, claim.ETag);
    }

    private static bool Agree(Checksum? claimed, Checksum? own) =>
        claimed is null || own is null || claimed.Algorithm != own.Algorithm || claimed.Value == own.Value;

    private void CheckType(UploadRecord upload)
    {
        if (Type is null || (upload.Algorithm is not null && Type == upload.ChecksumType))
            return;

        var mode = upload.Algorithm is null ? "null" : upload.ChecksumType is ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT";
        throw new ObjectStoreException(ObjectFault.InvalidRequest, "", $"The upload was created using the {mode} checksum mode. The complete request must use the same checksum mode.");
    }

    private static string Name(ChecksumAlgorithm algorithm) => algorithm.ToString().ToLowerInvariant();

    private Checksum? ChecksumOf(UploadRecord upload, PartRecord[] parts)
    {
        var algorithm = upload.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;

        if (parts.Any(part => part.Checksum?.Algorithm != algorithm))
            return null;

        var values = parts.Select(part => Convert.FromBase64String(part.Checksum!.Value)).ToArray(); // checked just above
        string value;

        if (upload.ChecksumType is ChecksumType.FullObject)
        {
            var whole = CrcCombination.Combine(algorithm, values.Zip(parts, (crc, part) => (crc, part.Size)));

            if (whole is null)
                return null;

            value = Convert.ToBase64String(whole);
        }
        else
        {
            using var running = RunningChecksum.Of(algorithm);
            running.Append([.. values.SelectMany(bytes => bytes)]);
            value = string.Create(CultureInfo.InvariantCulture, $"{Convert.ToBase64String(running.Finish())}-{parts.Length}");
        }

        // A composite checksum is given with or without the number of parts.
        if (Checksum is { } claimed && claimed.Algorithm == algorithm && claimed.Value != value && claimed.Value != value.Split('-')[0])
            throw new ObjectStoreException(ObjectFault.BadDigest, "", $"The {Name(algorithm)} you specified did not match the calculated checksum.");

        return new Checksum(algorithm, upload.ChecksumType, value);
    }
}

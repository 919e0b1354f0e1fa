using System.Collections.Frozen;
using SensorApp.Mocks.Core.Objects.Checksums;

namespace SensorApp.Mocks.S3.Payload;

/// <summary>How checksums are called in headers, in XML elements and in values.</summary>
internal static class ChecksumNames
{
    private const string HeaderPrefix = "x-amz-checksum-";

    private static readonly FrozenDictionary<string, ChecksumAlgorithm> ByName = Enum.GetValues<ChecksumAlgorithm>()
        .ToFrozenDictionary(algorithm => algorithm.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<ChecksumAlgorithm, string> HeaderNames = Enum.GetValues<ChecksumAlgorithm>()
        .ToFrozenDictionary(algorithm => algorithm, algorithm => HeaderPrefix + algorithm.ToString().ToLowerInvariant());

    private static readonly FrozenDictionary<ChecksumAlgorithm, string> ValueNames = Enum.GetValues<ChecksumAlgorithm>()
        .ToFrozenDictionary(algorithm => algorithm, algorithm => algorithm.ToString().ToUpperInvariant());

    public static IEnumerable<ChecksumAlgorithm> All => HeaderNames.Keys;

    /// <summary>For example <c>x-amz-checksum-crc32c</c>.</summary>
    public static string Header(this ChecksumAlgorithm algorithm) => HeaderNames[algorithm];

    /// <summary>For example <c>CRC32C</c>.</summary>
    public static string Name(this ChecksumAlgorithm algorithm) => ValueNames[algorithm];

    /// <summary>For example <c>ChecksumCRC32C</c>.</summary>
    public static string Element(this ChecksumAlgorithm algorithm) => "Checksum" + ValueNames[algorithm];

    public static string Name(this ChecksumType type) => type is ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT";

    public static int Length(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C => 4,
        ChecksumAlgorithm.Crc64Nvme => 8,
        ChecksumAlgorithm.Sha1 => 20,
        _ => 32,
    };

    /// <exception cref="S3Exception">InvalidRequest: there is no such algorithm.</exception>
    public static ChecksumAlgorithm Parse(string name) => ByName.TryGetValue(name, out var algorithm)
        ? algorithm
        : throw new S3Exception("InvalidRequest", "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");

    /// <summary>The algorithm of a header or trailer such as <c>x-amz-checksum-sha256</c>; null for any other.</summary>
    public static ChecksumAlgorithm? OfHeader(string header) =>
        header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase) && ByName.TryGetValue(header[HeaderPrefix.Length..], out var algorithm)
            ? algorithm
            : null;

    /// <exception cref="S3Exception">BadDigest: the value is not base64 of the algorithm's length, and so matches no body.</exception>
    public static string Validate(ChecksumAlgorithm algorithm, string value)
    {
        var bytes = new byte[64];
        return value.Length <= 64 && Convert.TryFromBase64String(value, bytes, out var length) && length == algorithm.Length()
            ? value
            : throw new S3Exception("BadDigest", $"Value for {algorithm.Header()} header is invalid.");
    }
}

using SensorApp.Mocks.Core.Objects.Checksums;

namespace SensorApp.Mocks.S3.Payload;

/// <summary>What a client says that the bytes of its body add up to.</summary>
/// <param name="Md5">From Content-MD5; null when not sent.</param>
/// <param name="Algorithm">The additional checksum, in a header or to come in the trailer; null when there is none.</param>
/// <param name="Value">Base64; null when it comes in the trailer.</param>
internal sealed record PayloadClaims(byte[]? Md5, ChecksumAlgorithm? Algorithm, string? Value)
{
    public static readonly PayloadClaims None = new(null, null, null);

    /// <exception cref="S3Exception">InvalidDigest, InvalidRequest: the values cannot be what they claim to be.</exception>
    public static PayloadClaims Of(S3Request request)
    {
        var headers = ChecksumNames.All.Where(algorithm => request.Header(algorithm.Header()) is not null).ToArray();
        var trailers = (request.Header("x-amz-trailer") ?? "").Split(',', StringSplitOptions.TrimEntries)
            .Select(ChecksumNames.OfHeader).OfType<ChecksumAlgorithm>().ToArray();

        if (headers.Length + trailers.Length > 1)
            throw new S3Exception("InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");

        var announced = request.Header("x-amz-sdk-checksum-algorithm") is { Length: > 0 } name ? ChecksumNames.Parse(name) : (ChecksumAlgorithm?)null;

        if (headers is [var header])
        {
            if (announced is not null && announced != header)
                throw new S3Exception("InvalidRequest", "Value for x-amz-sdk-checksum-algorithm header is invalid.");

            return new PayloadClaims(Md5Of(request), header, ChecksumNames.Validate(header, request.Header(header.Header())!)); // found above
        }

        return new PayloadClaims(Md5Of(request), trailers is [var trailer] ? trailer : null, null);
    }

    private static byte[]? Md5Of(S3Request request)
    {
        if (request.Header("Content-MD5") is not { } text)
            return null;

        var md5 = new byte[16];
        return text.Length == 24 && Convert.TryFromBase64String(text, md5, out var length) && length == md5.Length
            ? md5
            : throw new S3Exception("InvalidDigest", null, ("Content-MD5", text));
    }
}

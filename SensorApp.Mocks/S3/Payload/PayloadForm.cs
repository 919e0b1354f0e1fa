namespace SensorApp.Mocks.S3.Payload;

/// <summary>How a body is sent, as <c>x-amz-content-sha256</c> says (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html).</summary>
/// <param name="Word">What stands for the body in the canonical request.</param>
internal sealed record PayloadForm(string Word, bool IsChunked, bool IsSigned, bool HasTrailer)
{
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    private static readonly PayloadForm[] Words =
    [
        new(Unsigned, IsChunked: false, IsSigned: false, HasTrailer: false),
        new("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", IsChunked: true, IsSigned: true, HasTrailer: false),
        new("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", IsChunked: true, IsSigned: true, HasTrailer: true),
        new("STREAMING-UNSIGNED-PAYLOAD-TRAILER", IsChunked: true, IsSigned: false, HasTrailer: true),
    ];

    /// <summary>The SHA-256 that the whole body must have; null when the body is sent otherwise.</summary>
    public string? Sha256 => !IsChunked && IsSigned ? Word : null;

    /// <exception cref="S3Exception">The word is missing or none that S3 knows.</exception>
    public static PayloadForm Of(string? word)
    {
        if (word is null)
            throw new S3Exception("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");

        foreach (var form in Words)
        {
            if (form.Word == word)
                return form;
        }

        return word.Length == 64 && !word.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF")
            ? new PayloadForm(word, IsChunked: false, IsSigned: true, HasTrailer: false)
            : throw S3Exception.InvalidArgument("x-amz-content-sha256", word, "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.");
    }
}

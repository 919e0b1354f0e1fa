using System.Globalization;

namespace SensorApp.Mocks.S3.Payload;

/// <summary>Opens the body of a request in the form in which it was sent.</summary>
internal static class PayloadReader
{
    public static PayloadForm Form(S3Request request) => Authentication.SignatureClaim.IsPresigned(request.Target)
        ? PayloadForm.Of(request.Header("x-amz-content-sha256") ?? request.Target.Find("X-Amz-Content-Sha256") ?? PayloadForm.Unsigned)
        : PayloadForm.Of(request.Header("x-amz-content-sha256"));

    /// <exception cref="S3Exception">The length is missing or too large, or the form is not usable.</exception>
    public static IPayload Open(S3Request request, long mostBytes)
    {
        var form = Form(request);
        IPayload payload = form.IsChunked
            ? OpenChunked(request, form)
            : new PlainPayload(request.Http.Body, LengthOf(request), mostBytes, form.Sha256);

        return payload.Length > mostBytes
            ? throw new S3Exception("EntityTooLarge", null, ("ProposedSize", Text(payload.Length.Value)), ("MaxSizeAllowed", Text(mostBytes)))
            : payload;
    }

    /// <summary>A whole body of a small document.</summary>
    /// <exception cref="S3Exception">It is too long or its checksums do not hold.</exception>
    public static Task<byte[]> ReadSmallAsync(S3Request request) => ReadSmallAsync(request, PayloadClaims.Of(request));

    /// <param name="claims">What the body must add up to; <see cref="PayloadClaims.None"/> where the checksums in the headers are of something else.</param>
    /// <exception cref="S3Exception">It is too long or its checksums do not hold.</exception>
    public static async Task<byte[]> ReadSmallAsync(S3Request request, PayloadClaims claims)
    {
        if (request.Http.ContentLength is null && request.Http.Headers.TransferEncoding.Count == 0)
            return [];

        if (request.Http.ContentLength > S3Limits.MostXmlBytes)
            throw new S3Exception("MaxMessageLengthExceeded");

        using var hashes = new PayloadHashes(claims);
        var payload = Open(request, S3Limits.MostXmlBytes);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];

        while (await payload.ReadAsync(buffer, request.Aborted) is > 0 and var count)
        {
            body.Write(buffer, 0, count);
            hashes.Append(buffer.AsSpan(0, count));
        }

        hashes.Finish(payload.Trailers);
        return body.ToArray();
    }

    /// <exception cref="S3Exception">MissingContentLength</exception>
    private static long? LengthOf(S3Request request) => (request.Http.ContentLength, request.Http.Headers.TransferEncoding.Count) switch
    {
        (null, 0) => throw new S3Exception("MissingContentLength"),
        (var length, _) => length,
    };

    private static ChunkedPayload OpenChunked(S3Request request, PayloadForm form)
    {
        if (!long.TryParse(request.Header("x-amz-decoded-content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            throw new S3Exception("MissingContentLength");

        var announced = form.HasTrailer
            ? (request.Header("x-amz-trailer") ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
        // A presigned or header signature is always verified before a body is opened.
        var signatures = form.IsSigned ? new ChunkSignatures(request.Signature!) : null;
        return new ChunkedPayload(request.Http.BodyReader, length, signatures, announced);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

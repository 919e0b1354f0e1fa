using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace SensorApp.Mocks.S3.Payload;

/// <summary>
/// A body in aws-chunked framing: <c>size;chunk-signature=…</c>, the bytes, and so on; a chunk of no bytes ends it, and
/// trailers may follow.
/// </summary>
/// <param name="length">Bytes without framing, as <c>x-amz-decoded-content-length</c> says.</param>
/// <param name="signatures">Null when the chunks are not signed.</param>
/// <param name="announced">Trailers that the client announced, lower-case.</param>
internal sealed class ChunkedPayload(PipeReader body, long length, ChunkSignatures? signatures, IReadOnlyCollection<string> announced) : IPayload
{
    private const string TrailerSignature = "x-amz-trailer-signature";

    private readonly Dictionary<string, string> _trailers = new(StringComparer.Ordinal);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _chunkSignature;
    private long _chunkLeft;
    private long _read;
    private bool _inChunk;
    private bool _ended;

    public long? Length => length;

    public IReadOnlyDictionary<string, string> Trailers => _trailers;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_ended)
            return 0;

        if (!_inChunk)
            await BeginChunkAsync(cancellationToken);

        if (_chunkLeft == 0)
        {
            VerifyChunk();
            await EndAsync(cancellationToken);
            return 0;
        }

        var count = await TakeAsync(buffer, cancellationToken);
        _read += count;
        _chunkLeft -= count;

        if (signatures is not null)
            _hash.AppendData(buffer.Span[..count]);

        if (_read > length)
            throw new S3Exception("IncompleteBody");

        if (_chunkLeft == 0)
        {
            VerifyChunk();
            _inChunk = false;

            if (await LineAsync(cancellationToken) != "")
                throw new S3Exception("IncompleteBody");
        }

        return count;
    }

    private async ValueTask BeginChunkAsync(CancellationToken cancellationToken)
    {
        var header = await LineAsync(cancellationToken);
        var semicolon = header.IndexOf(';', StringComparison.Ordinal);
        const string SignatureName = "chunk-signature=";
        var extension = semicolon < 0 ? "" : header[(semicolon + 1)..];
        _chunkSignature = extension.StartsWith(SignatureName, StringComparison.Ordinal) ? extension[SignatureName.Length..] : null;

        if (!long.TryParse(semicolon < 0 ? header : header[..semicolon], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _chunkLeft) || _chunkLeft < 0)
            throw new S3Exception("IncompleteBody");

        _inChunk = true;
    }

    private void VerifyChunk() => signatures?.VerifyChunk(_chunkSignature, _hash.GetHashAndReset());

    private async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _ended = true;

        if (_read != length)
            throw new S3Exception("IncompleteBody");

        var signed = new StringBuilder();
        string? signature = null;

        // Clients end the trailers with an empty line, or with the body.
        while (await TryLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);

            if (colon <= 0 || _trailers.Count > announced.Count)
                throw new S3Exception("MalformedTrailerError");

            var (name, value) = (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());

            if (name == TrailerSignature)
            {
                signature = value;
                continue;
            }

            _trailers[name] = value;
            signed.Append(name).Append(':').Append(value).Append('\n');
        }

        if (!announced.All(_trailers.ContainsKey))
            throw new S3Exception("MalformedTrailerError");

        if (announced.Count > 0)
            signatures?.VerifyTrailer(signature, signed.ToString());
    }

    private async ValueTask<int> TakeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await body.ReadAsync(cancellationToken);
        var count = (int)Math.Min(Math.Min(buffer.Length, _chunkLeft), result.Buffer.Length);

        if (count == 0)
            throw new S3Exception("IncompleteBody");

        var taken = result.Buffer.Slice(0, count);
        taken.CopyTo(buffer.Span);
        body.AdvanceTo(taken.End);
        return count;
    }

    private async ValueTask<string> LineAsync(CancellationToken cancellationToken) =>
        await TryLineAsync(cancellationToken) ?? throw new S3Exception("IncompleteBody");

    /// <summary>The next line without its end; null at the end of the body.</summary>
    private async ValueTask<string?> TryLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);

            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.Latin1.GetString(result.Buffer.Slice(0, end));
                body.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line.TrimEnd('\r');
            }

            var rest = result.Buffer.Length;
            body.AdvanceTo(result.Buffer.Start, result.Buffer.End);

            if (result.IsCompleted)
                return rest == 0 ? null : throw new S3Exception("IncompleteBody");

            if (rest > S3Limits.MostChunkLineBytes)
                throw new S3Exception("InvalidRequest", "A line of the aws-chunked body is too long.");
        }
    }
}

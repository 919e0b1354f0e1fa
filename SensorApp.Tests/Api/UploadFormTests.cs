using System.Text;
using Microsoft.AspNetCore.Http;
using SensorApp.Api.Endpoints.Uploads;
using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Services.Uploads;

namespace SensorApp.Tests.Api;

/// <summary>Forms as no client library writes them, arriving in pieces as small as a client likes.</summary>
public sealed class UploadFormTests
{
    private const string Part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\na,b\r\n";
    private const string Empty = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n";
    private const string Other = "--b\r\nContent-Disposition: form-data; name=\"other\"; filename=\"x.csv\"\r\n\r\na,b\r\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 90)]
    [InlineData("--b", 90)]
    [InlineData("--b\r\nX: ", 90)]
    [InlineData("--b\r\nX: ", 65536)]
    [InlineData(Part + "--b", 90)]
    [InlineData(Part + "--b\r\nX: ", 90)]
    [InlineData(Part + "--b\r\nX: ", 65536)]
    [InlineData(Part + "--b--", 90)]
    [InlineData(Part + "--b--\r\n", 65536)]
    public async Task Read_LineWithoutEnd_IsRefusedBeforeItFillsTheMemory(string form, int pieceBytes)
    {
        using var body = new PieceStream(form + new string('x', 1_000_000), pieceBytes);

        var refusal = await ReadAsync(body);

        // 16 KiB of header lines, the reader's buffer at either end, and the fill with which it is too much.
        Assert.InRange(body.Count, 0, 80 * 1024);
        Assert.Equal(UploadRefusals.FormInvalid, refusal?.Code);
    }

    [Theory]
    [InlineData(Empty, 4)]
    [InlineData(Other, 4)]
    [InlineData(Part, 3)]
    public async Task Read_MorePartsThanAllowed_IsRefusedWhateverTheyAre(string part, int readParts)
    {
        using var body = new PieceStream(string.Concat(Enumerable.Repeat(part, 1000)), pieceBytes: 16);

        var refusal = await ReadAsync(body, new UploadLimits { MaxFilesPerRequest = 2, MaxFields = 1 });

        Assert.Contains("more than", refusal?.Message, StringComparison.Ordinal);
        Assert.InRange(body.Count, 1, (readParts * part.Length) + 16);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65536)]
    public async Task Read_LongHeaderLinesAndContents_CountAnewForEachPart(int pieceBytes)
    {
        var part = Part.Replace("\r\n\r\n", $"\r\nX: {new string('x', 16_000)}\r\n\r\n{new string('a', 50_000)}", StringComparison.Ordinal);
        using var body = new PieceStream($"{part}{part}{part}--b--\r\n", pieceBytes);

        var refusal = await ReadAsync(body, onFileAsync: content => content.CopyToAsync(Stream.Null, Cancellation));

        Assert.Null(refusal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 3_900)]
    [InlineData(3_900, 4_000)]
    [InlineData(6_000, 1_000)]
    [InlineData(16_000, 300)]
    [InlineData(16_000, 50_000)]
    public async Task Read_FormOfKnownLength_HandsTheContentOver(int headerLength, int contentLength)
    {
        var content = new string('a', contentLength);
        var form = Part.Replace("\r\n\r\na,b\r\n", $"\r\nX: {new string('x', headerLength)}\r\n\r\n{content}\r\n--b--\r\n", StringComparison.Ordinal);
        using var body = new PieceStream(form, pieceBytes: 65536);
        using var read = new MemoryStream();

        var refusal = await ReadAsync(body, onFileAsync: file => file.CopyToAsync(read, Cancellation), contentLength: form.Length);

        Assert.Null(refusal);
        Assert.Equal(content, Encoding.ASCII.GetString(read.ToArray()));
        Assert.InRange(body.LargestBuffer, 1, Math.Clamp(2 * form.Length, 4096, 16 * 1024)); // the pool's buffers are powers of two
    }

    [Fact]
    public async Task Read_FormOfKnownLengthWithLongerHeadersThanAllowed_IsRefused()
    {
        var form = Part.Replace("\r\n\r\n", $"\r\nX: {new string('x', 17_000)}\r\n\r\n", StringComparison.Ordinal) + "--b--\r\n";
        using var body = new PieceStream(form, pieceBytes: 65536);

        var refusal = await ReadAsync(body, contentLength: form.Length);

        Assert.Equal(UploadRefusals.FormInvalid, refusal?.Code);
    }

    [Fact]
    public async Task Read_FileThatNobodyReads_IsPassedOver()
    {
        var files = 0;
        using var body = new PieceStream($"{Part}{new string('a', 200_000)}\r\n{Part}--b--\r\n", pieceBytes: 4096);

        var refusal = await ReadAsync(body, onFileAsync: _ => Task.FromResult(++files));

        Assert.Null(refusal);
        Assert.Equal(2, files);
    }

    /// <returns>Null where the form was read to its end.</returns>
    private static async Task<UploadRefusedException?> ReadAsync(
        Stream body, UploadLimits? limits = null, Func<Stream, Task>? onFileAsync = null, long? contentLength = null)
    {
        var request = new DefaultHttpContext().Request;
        (request.Body, request.ContentType, request.ContentLength) = (body, "multipart/form-data; boundary=b", contentLength);
        var form = new UploadForm(limits ?? new UploadLimits(), new UploadFields(request));

        try
        {
            await form.ReadAsync(request, (_, _, content) => onFileAsync?.Invoke(content) ?? Task.CompletedTask, Cancellation);
            return null;
        }
        catch (UploadRefusedException refusal)
        {
            return refusal;
        }
    }

    /// <summary>Text that arrives in pieces, and counts what was taken of it.</summary>
    private sealed class PieceStream(string text, int pieceBytes) : ForwardStream(new MemoryStream(Encoding.ASCII.GetBytes(text)))
    {
        public int Count { get; private set; }

        public int LargestBuffer { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await Source.ReadAsync(buffer[..Math.Min(buffer.Length, pieceBytes)], cancellationToken);
            Count += count;
            LargestBuffer = Math.Max(LargestBuffer, buffer.Length);
            return count;
        }
    }
}

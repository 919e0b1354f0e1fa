using System.Globalization;
using System.Text.RegularExpressions;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Core.Objects.Checksums;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html</summary>
internal sealed partial class UploadPartCopy(ObjectStore store, UploadStore uploads, TimeProvider clock) : IS3Action
{
    private const string RangeHeader = "x-amz-copy-source-range";

    public string Name => nameof(UploadPartCopy);

    public async Task RunAsync(S3Request request)
    {
        var source = CopySource.Of(request);
        var (upload, number) = UploadTarget.Of(request, uploads);
        var (from, content) = source.Open(request, store);

        using (content)
        {
            var range = Range(request, from.Size);
            var copied = await CopiedContent.CopyAsync(store, content, range, upload.Algorithm ?? ChecksumAlgorithm.Crc64Nvme, request.Aborted);
            var part = await uploads.PutPartAsync(upload, new PartRecord(
                number, range.Length, copied.ETag, clock.GetUtcNow(), copied.Checksum, copied.Content));

            AttributeHeaders.WriteEncryption(request.Response);
            await request.WriteXmlAsync(new XmlText().Root("CopyPartResult", xml => xml
                .Element("LastModified", part.LastModified)
                .Element("ETag", ObjectAnswers.Quoted(part.ETag))
                .Element(copied.Checksum.Algorithm.Element(), upload.Algorithm is null ? null : copied.Checksum.Value)));
        }
    }

    /// <summary>Stricter than the range of a read: first and last byte are both given, and both exist.</summary>
    private static ByteRange Range(S3Request request, long size)
    {
        if (request.Header(RangeHeader) is not { } text)
            return Allowed(new ByteRange(0, size));

        var match = Form().Match(text);

        if (!match.Success || Bound(match, 1) > Bound(match, 2))
            throw Invalid(text, "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy");

        if (Bound(match, 1) >= size)
            throw new S3Exception("InvalidRequest", "The specified copy range is invalid for the source object size");

        return Bound(match, 2) < size
            ? Allowed(new ByteRange(Bound(match, 1), Bound(match, 2) - Bound(match, 1) + 1))
            : throw new S3Exception("InvalidRange", $"Range specified is not valid for source object of size: {size}");
    }

    private static ByteRange Allowed(ByteRange range) => range.Length <= S3Limits.MostPutBytes
        ? range
        : throw new S3Exception("InvalidRequest", "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");

    private static long Bound(Match match, int group) => long.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^bytes=([0-9]{1,18})-([0-9]{1,18})$")]
    private static partial Regex Form();

    private static S3Exception Invalid(string range, string message) => S3Exception.InvalidArgument(RangeHeader, range, message);
}

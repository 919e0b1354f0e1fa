using System.Globalization;
using System.Xml.Linq;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Core.Objects.Checksums;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html</summary>
internal sealed class CompleteMultipartUpload(UploadStore uploads) : IS3Action
{
    public string Name => nameof(CompleteMultipartUpload);

    public async Task RunAsync(S3Request request)
    {
        var conditions = ConditionHeaders.Write(request);
        var claimed = Claimed(request);
        var body = await PayloadReader.ReadSmallAsync(request, PayloadClaims.None);

        // Where there is no such upload, it does not matter what the document says.
        if (body.Length == 0)
            _ = uploads.Find(request.Bucket, request.Key, UploadTarget.Id(request));

        var document = await XmlBody.ReadAsync(body, "CompleteMultipartUpload", request.Aborted);
        var claims = document.Children("Part").Select(Claim).ToArray();

        if (claims.Length > S3Limits.MostParts)
            throw new S3Exception("MalformedXML");

        var size = request.Header("x-amz-mp-object-size") is { } text ? ConditionHeaders.Size(text) : (long?)null;
        var record = await uploads.CompleteAsync(
            request.Bucket, request.Key, UploadTarget.Id(request), new UploadAssembly(claims, claimed, size, Type(request)), conditions);

        AttributeHeaders.WriteEncryption(request.Response);
        await request.WriteXmlAsync(new XmlText().Root("CompleteMultipartUploadResult", xml => xml
            .Element("Location", $"{request.Http.Scheme}://{request.Http.Host}{request.Target.RawPath}")
            .Element("Bucket", request.Bucket)
            .Element("Key", request.Key)
            .Element("ETag", ObjectAnswers.Quoted(record.ETag))
            .Checksum(record.Checksum)));
    }

    private static ChecksumType? Type(S3Request request) => request.Header("x-amz-checksum-type") switch
    {
        null => null,
        "COMPOSITE" => ChecksumType.Composite,
        "FULL_OBJECT" => ChecksumType.FullObject,
        _ => throw new S3Exception("InvalidRequest", "Value for x-amz-checksum-type header is invalid."),
    };

    /// <summary>A checksum in the headers is of the whole object here, not of the body.</summary>
    private static Checksum? Claimed(S3Request request)
    {
        foreach (var algorithm in ChecksumNames.All)
        {
            if (request.Header(algorithm.Header()) is { } value)
                return new Checksum(algorithm, ChecksumType.FullObject, value);
        }

        return null;
    }

    private static PartClaim Claim(XElement part)
    {
        if (part.Child("ETag") is not { } etag
            || !int.TryParse(part.Child("PartNumber"), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
        {
            throw new S3Exception("MalformedXML");
        }

        var checksum = ChecksumNames.All
            .Where(algorithm => part.Child(algorithm.Element()) is not null)
            .Select(algorithm => new Checksum(algorithm, ChecksumType.FullObject, part.Child(algorithm.Element())!.Trim())) // found just above
            .FirstOrDefault();
        return new PartClaim(number, etag.Trim().Trim('"'), checksum);
    }
}

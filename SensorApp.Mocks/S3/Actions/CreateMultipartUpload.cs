using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Core.Objects.Checksums;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html</summary>
internal sealed class CreateMultipartUpload(UploadStore uploads, TimeProvider clock) : IS3Action
{
    public string Name => nameof(CreateMultipartUpload);

    public async Task RunAsync(S3Request request)
    {
        var algorithm = request.Header("x-amz-checksum-algorithm") is { } name ? ChecksumNames.Parse(name) : (ChecksumAlgorithm?)null;
        var type = TypeOf(request, algorithm);
        var now = clock.GetUtcNow();
        // Ids sort in the order in which uploads began, which is the order they are listed in.
        var upload = await uploads.CreateAsync(new UploadRecord(
            Guid.CreateVersion7(now).ToString("N"), request.Bucket, request.Key, now, AttributeHeaders.Read(request), algorithm, type));

        AttributeHeaders.WriteEncryption(request.Response);

        if (algorithm is not null)
        {
            request.Response.Headers["x-amz-checksum-algorithm"] = algorithm.Value.Name();
            request.Response.Headers["x-amz-checksum-type"] = type.Name();
        }

        await request.WriteXmlAsync(new XmlText().Root("InitiateMultipartUploadResult", xml =>
            xml.Element("Bucket", upload.Bucket).Element("Key", upload.Key).Element("UploadId", upload.Id)));
    }

    private static ChecksumType TypeOf(S3Request request, ChecksumAlgorithm? algorithm)
    {
        // Which types an algorithm can have: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
        var isDigest = algorithm is ChecksumAlgorithm.Sha1 or ChecksumAlgorithm.Sha256;
        var usual = algorithm is null or ChecksumAlgorithm.Crc64Nvme ? ChecksumType.FullObject : ChecksumType.Composite;

        return (request.Header("x-amz-checksum-type"), algorithm) switch
        {
            (null, _) => usual,
            (_, null) => throw new S3Exception("InvalidRequest", "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."),
            ("FULL_OBJECT", _) when !isDigest => ChecksumType.FullObject,
            ("COMPOSITE", _) when algorithm is not ChecksumAlgorithm.Crc64Nvme => ChecksumType.Composite,
            ("FULL_OBJECT" or "COMPOSITE", _) => throw new S3Exception("InvalidRequest", $"The {request.Header("x-amz-checksum-type")} checksum type cannot be used with the {algorithm.Value.Name().ToLowerInvariant()} checksum algorithm."),
            _ => throw new S3Exception("InvalidRequest", "Value for x-amz-checksum-type header is invalid."),
        };
    }
}

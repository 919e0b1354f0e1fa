using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Core.Objects.Checksums;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html</summary>
internal sealed class UploadPart(ObjectStore store, UploadStore uploads, TimeProvider clock) : IS3Action
{
    public string Name => nameof(UploadPart);

    public async Task RunAsync(S3Request request)
    {
        var (upload, number) = UploadTarget.Of(request, uploads);
        var algorithm = upload.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        Check(upload, PayloadClaims.Of(request));

        // The checksum of the whole is made of those of the parts, so they must be of one kind, whatever each part claims.
        var received = await ReceivedContent.ReceiveAsync(request, store, algorithm, alsoFallback: upload.Algorithm is null);
        var part = await uploads.PutPartAsync(upload, new PartRecord(
            number, received.Content.Length, received.ETag, clock.GetUtcNow(), received.Second ?? received.Checksum, received.Content));

        request.Response.Headers.ETag = ObjectAnswers.Quoted(part.ETag);
        request.Response.Headers[received.Checksum.Algorithm.Header()] = received.Checksum.Value;
        AttributeHeaders.WriteEncryption(request.Response);
    }

    private static void Check(UploadRecord upload, PayloadClaims claims)
    {
        if (upload.Algorithm is { } announced && claims.Algorithm is { } sent && sent != announced)
            throw new S3Exception("InvalidRequest", $"Checksum Type mismatch occurred, expected checksum Type: {announced.Name().ToLowerInvariant()}, actual checksum Type: {sent.Name().ToLowerInvariant()}");

        if (upload is { Algorithm: { } composite, ChecksumType: ChecksumType.Composite } && claims.Algorithm is null)
            throw new S3Exception("InvalidRequest", $"Checksum Type mismatch occurred, expected checksum Type: {composite.Name().ToLowerInvariant()}, actual checksum Type: null");
    }
}

using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Core.Objects.Checksums;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html</summary>
internal sealed class CopyObject(ObjectStore store, TimeProvider clock) : IS3Action
{
    private const string Directive = "x-amz-metadata-directive";

    public string Name => nameof(CopyObject);

    public async Task RunAsync(S3Request request)
    {
        var source = CopySource.Of(request);
        var replaces = request.Header(Directive) switch
        {
            null or "COPY" => false,
            "REPLACE" => true,
            var other => throw S3Exception.InvalidArgument(Directive, other, "Unknown metadata directive."),
        };
        var conditions = ConditionHeaders.Write(request);
        var requested = AttributeHeaders.Read(request);
        _ = store.Bucket(request.Bucket);
        var (from, content) = source.Open(request, store);

        using (content)
        {
            Check(request, source, from, replaces);
            var copied = await CopiedContent.CopyAsync(store, content, new ByteRange(0, from.Size), Algorithm(request, from), request.Aborted);

            var record = await store.PutAsync(request.Bucket, new ObjectRecord
            {
                Key = request.Key,
                Size = from.Size,
                ETag = copied.ETag,
                LastModified = clock.GetUtcNow(),
                Attributes = replaces ? requested : from.Attributes with { StorageClass = requested.StorageClass },
                Checksum = copied.Checksum,
                Content = [copied.Content],
            }, conditions);

            AttributeHeaders.WriteEncryption(request.Response);
            await request.WriteXmlAsync(new XmlText().Root("CopyObjectResult", xml => xml
                .Element("LastModified", record.LastModified)
                .Element("ETag", ObjectAnswers.Quoted(record.ETag))
                .Checksum(record.Checksum)));
        }
    }

    private static ChecksumAlgorithm Algorithm(S3Request request, ObjectRecord from) => request.Header("x-amz-checksum-algorithm") is { } name
        ? ChecksumNames.Parse(name)
        : from.Checksum?.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;

    private static void Check(S3Request request, CopySource source, ObjectRecord from, bool replaces)
    {
        if (from.Size > S3Limits.MostPutBytes)
            throw new S3Exception("InvalidRequest", "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");

        var changesNothing = !replaces && request.Header("x-amz-storage-class") is null && request.Header("x-amz-server-side-encryption") is null
            && request.Header("x-amz-website-redirect-location") is null && request.Header("x-amz-checksum-algorithm") is null;

        if (changesNothing && source.Bucket == request.Bucket && source.Key == request.Key)
            throw new S3Exception("InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
    }
}

using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</summary>
internal sealed class PutObject(ObjectStore store, TimeProvider clock) : IS3Action
{
    public string Name => nameof(PutObject);

    public async Task RunAsync(S3Request request)
    {
        var conditions = ConditionHeaders.Write(request);
        var attributes = AttributeHeaders.Read(request);
        // What can be known before the body must be said before the body: the client may be waiting with gigabytes.
        conditions.Check(request.Key, store.TryFind(request.Bucket, request.Key));
        var received = await ReceivedContent.ReceiveAsync(request, store);

        var record = await store.PutAsync(request.Bucket, new ObjectRecord
        {
            Key = request.Key,
            Size = received.Content.Length,
            ETag = received.ETag,
            LastModified = clock.GetUtcNow(),
            Attributes = attributes,
            Checksum = received.Checksum,
            Content = [received.Content],
        }, conditions);

        ObjectAnswers.WriteStored(request.Response, record.ETag, record.Checksum);
    }
}

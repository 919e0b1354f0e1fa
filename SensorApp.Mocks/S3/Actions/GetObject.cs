using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</summary>
internal sealed class GetObject(ObjectStore store) : IS3Action
{
    public string Name => nameof(GetObject);

    public async Task RunAsync(S3Request request)
    {
        VersionId.Check(request);
        var (record, content) = store.Open(request.Bucket, request.Key);

        using (content)
        {
            var range = ObjectHead.Write(request, record);
            var body = request.Response.Body;

            if (content.Inline is { } bytes)
                await body.WriteAsync(bytes.AsMemory((int)range.First, (int)range.Length), request.Aborted);
            else
                await content.ReadAsync(range.First, range.Length, piece => body.WriteAsync(piece, request.Aborted), request.Aborted);
        }
    }
}

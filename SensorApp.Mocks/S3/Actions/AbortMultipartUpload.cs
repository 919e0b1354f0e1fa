using SensorApp.Mocks.Core.Objects;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html</summary>
internal sealed class AbortMultipartUpload(UploadStore uploads) : IS3Action
{
    public string Name => nameof(AbortMultipartUpload);

    public async Task RunAsync(S3Request request)
    {
        await uploads.AbortAsync(request.Bucket, request.Key, UploadTarget.Id(request));
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}

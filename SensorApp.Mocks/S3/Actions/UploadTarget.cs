using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>The upload and part number that a request is for.</summary>
internal static class UploadTarget
{
    /// <exception cref="S3Exception">InvalidArgument: no such part number can be.</exception>
    /// <exception cref="ObjectStoreException">NoSuchBucket, NoSuchUpload</exception>
    public static (UploadRecord Upload, int Number) Of(S3Request request, UploadStore uploads)
    {
        var number = Parameters.PartNumber(request.Target.Find("partNumber") ?? "");
        return (uploads.Find(request.Bucket, request.Key, Id(request)), number);
    }

    public static string Id(S3Request request) => request.Target.Find("uploadId") ?? "";
}

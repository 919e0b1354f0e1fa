using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html</summary>
internal sealed class CreateBucket(ObjectStore store) : IS3Action
{
    public string Name => nameof(CreateBucket);

    public async Task RunAsync(S3Request request)
    {
        BucketName.Check(request.Bucket);
        AttributeHeaders.CheckAcl(request);

        if (string.Equals(request.Header("x-amz-bucket-object-lock-enabled"), "true", StringComparison.OrdinalIgnoreCase))
            throw new S3Exception("NotImplemented", null, ("Header", "x-amz-bucket-object-lock-enabled"));

        var region = await RegionAsync(request);

        // In the oldest region, and only there, making one's own bucket again succeeds and changes nothing.
        if (!(region.Length == 0 && IsOldestRegion(request) && store.HasBucket(request.Bucket)))
            await store.CreateBucketAsync(request.Bucket, region);

        request.Response.Headers.Location = "/" + request.Bucket;
    }

    private static bool IsOldestRegion(S3Request request) =>
        request.Signature?.Scope.Contains("/us-east-1/", StringComparison.Ordinal) == true;

    private static async Task<string> RegionAsync(S3Request request)
    {
        var body = await PayloadReader.ReadSmallAsync(request);

        if (body.Length == 0)
            return "";

        var configuration = await XmlBody.ReadAsync(body, "CreateBucketConfiguration", request.Aborted);
        var region = configuration.Child("LocationConstraint")?.Trim() ?? "";

        return region.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            ? region
            : throw new S3Exception("IllegalLocationConstraintException", $"The {region} location constraint is not valid.");
    }
}

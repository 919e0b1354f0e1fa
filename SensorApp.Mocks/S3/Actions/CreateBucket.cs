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

        var asked = request.Signature?.Scope.Split('/')[1] ?? BucketAnswers.OldestRegion;
        var region = await RegionAsync(request, asked);

        // In the oldest region, and only there, making one's own bucket again succeeds and changes nothing.
        if (!(region.Length == 0 && asked == BucketAnswers.OldestRegion && store.HasBucket(request.Bucket)))
            await store.CreateBucketAsync(request.Bucket, region);

        request.Response.Headers.Location = "/" + request.Bucket;
        BucketAnswers.WriteArn(request.Response, request.Bucket);
    }

    /// <param name="asked">The region that the request is signed for.</param>
    /// <returns>Empty for the oldest region, which is meant by naming none and may not be named.</returns>
    private static async Task<string> RegionAsync(S3Request request, string asked)
    {
        var body = await PayloadReader.ReadSmallAsync(request);
        var configuration = body.Length == 0 ? null : await XmlBody.ReadAsync(body, "CreateBucketConfiguration", request.Aborted);
        var region = configuration?.Child("LocationConstraint")?.Trim() ?? "";

        if (region.Length == 0)
            return "";

        if (asked is not (BucketAnswers.OldestRegion or "default") && region != asked && (region, asked) is not ("EU", "eu-west-1"))
            throw new S3Exception("IllegalLocationConstraintException", $"The {region} location constraint is incompatible for the region specific endpoint this request was sent to.");

        return region != BucketAnswers.OldestRegion && (region == "EU" || BucketAnswers.IsRegion(region))
            ? region
            : throw new S3Exception("InvalidLocationConstraint", null, ("LocationConstraint", region));
    }
}

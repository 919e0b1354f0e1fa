using System.Globalization;
using Amazon.Runtime.Endpoints;
using Amazon.S3;
using Amazon.S3.Model;

namespace SensorApp.Api.Storage.Aws.Signing;

/// <summary>Where the objects of a bucket are, as the SDK's rules say.</summary>
/// <param name="Root">Scheme, host and port.</param>
/// <param name="Host">As in the header <c>Host</c>.</param>
/// <param name="Path">What stands before the slash of the key; empty where the bucket is part of the host.</param>
/// <param name="Signer">Null where another signature is asked for than Signature Version 4.</param>
internal sealed record BucketAddress(string Root, string Host, string Path, RequestSigner? Signer)
{
    public static BucketAddress Of(IAmazonS3 s3, string bucket, string region)
    {
        var endpoint = s3.DetermineServiceOperationEndpoint(new PutObjectRequest { BucketName = bucket, Key = "key" });
        var uri = new Uri(endpoint.URL);
        var scheme = (endpoint.Attributes["authSchemes"] as IEnumerable<object>)?.OfType<PropertyBag>().FirstOrDefault();
        var isPlain = (scheme?["name"] ?? "sigv4") is "sigv4" && endpoint.Headers is null or { Count: 0 };
        return new BucketAddress(
            uri.GetLeftPart(UriPartial.Authority),
            uri.IsDefaultPort ? uri.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{uri.IdnHost}:{uri.Port}"),
            uri.AbsolutePath.TrimEnd('/'),
            isPlain ? new RequestSigner(scheme?["signingRegion"] as string ?? region, scheme?["signingName"] as string ?? "s3") : null);
    }
}

using System.Globalization;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html</summary>
internal sealed class ListBuckets(ObjectStore store) : IS3Action
{
    private const int MostBuckets = 10_000;

    private static readonly string[] Parameters = ["prefix", "max-buckets", "continuation-token", "bucket-region"];

    public string Name => nameof(ListBuckets);

    public Task RunAsync(S3Request request)
    {
        var prefix = request.Target.Find("prefix") ?? "";
        var after = ContinuationToken.Read(request);
        var most = Most(request);
        var region = Region(request);
        // Only who asks for something in particular is told where each bucket is.
        var tellsRegion = Parameters.Any(request.Target.Has);
        var found = store.Buckets()
            .Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(bucket.Name, after) > 0
                && (region is null || bucket.Region() == region))
            .Take(most + 1)
            .ToArray();
        var page = found.Take(most).ToArray();

        return request.WriteXmlAsync(new XmlText().Root("ListAllMyBucketsResult", xml =>
        {
            Owner.Write(xml);
            xml.Element("Buckets", buckets =>
            {
                foreach (var bucket in page)
                {
                    buckets.Element("Bucket", item => item
                        .Element("Name", bucket.Name)
                        .Element("CreationDate", bucket.Created)
                        .Element("BucketRegion", tellsRegion ? bucket.Region() : null)
                        .Element("BucketArn", BucketAnswers.Arn(bucket.Name)));
                }
            });
            xml.Element("Prefix", prefix.Length > 0 ? prefix : null);
            xml.Element("ContinuationToken", found.Length > most ? ContinuationToken.Of(page[^1].Name) : null);
        }));
    }

    private static string? Region(S3Request request) => request.Target.Find("bucket-region") switch
    {
        null or "" => null,
        var text when BucketAnswers.IsRegion(text) => text,
        var text => throw new S3Exception("InvalidArgument", $"Argument value {text} is not a valid AWS Region", ("ArgumentName", "bucket-region")),
    };

    private static int Most(S3Request request) => request.Target.Find("max-buckets") switch
    {
        null => MostBuckets,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= MostBuckets => most,
        var text => throw S3Exception.InvalidArgument("max-buckets", text, "Argument max-buckets must be an integer between 1 and 10000"),
    };
}

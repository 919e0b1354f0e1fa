using System.Globalization;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html</summary>
internal sealed class ListBuckets(ObjectStore store) : IS3Action
{
    private const int MostBuckets = 10_000;

    public string Name => nameof(ListBuckets);

    public Task RunAsync(S3Request request)
    {
        var prefix = request.Target.Find("prefix") ?? "";
        var after = ContinuationToken.Read(request);
        var most = Most(request);
        var found = store.Buckets()
            .Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(bucket.Name, after) > 0)
            .Take(most + 1)
            .ToArray();
        var page = found.Take(most).ToArray();

        return request.WriteXmlAsync(new XmlText().Root("ListAllMyBucketsResult", xml =>
        {
            Owner.Write(xml);
            xml.Element("Buckets", buckets =>
            {
                foreach (var bucket in page)
                    buckets.Element("Bucket", item => item.Element("Name", bucket.Name).Element("CreationDate", bucket.Created));
            });
            xml.Element("Prefix", prefix.Length > 0 ? prefix : null);
            xml.Element("ContinuationToken", found.Length > most ? ContinuationToken.Of(page[^1].Name) : null);
        }));
    }

    private static int Most(S3Request request) => request.Target.Find("max-buckets") switch
    {
        null => MostBuckets,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= MostBuckets => most,
        var text => throw S3Exception.InvalidArgument("max-buckets", text, "Argument max-buckets must be an integer between 1 and 10000"),
    };
}

using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html</summary>
internal sealed class ListObjects(ObjectStore store) : IS3Action
{
    public string Name => nameof(ListObjects);

    public Task RunAsync(S3Request request)
    {
        var listing = new ListingRequest(request);
        var marker = request.Target.Find("marker") ?? "";
        var page = store.List(request.Bucket, listing.Query(marker));
        BucketAnswers.WriteRegion(request.Response, store.Bucket(request.Bucket));

        return request.WriteXmlAsync(new XmlText().Root("ListBucketResult", xml =>
        {
            // Clients of this first version do not decode the prefix.
            listing.WriteHead(xml, page.IsTruncated, encodesPrefix: false);
            xml.Element("Marker", listing.Encode(marker));

            // Without a delimiter the last key is the marker, so S3 leaves it out.
            if (page.IsTruncated && listing.Delimiter.Length > 0)
                xml.Element("NextMarker", listing.Encode(page.Last));

            listing.WriteContents(xml, page, withOwner: true);
        }));
    }
}

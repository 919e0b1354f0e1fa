using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html</summary>
internal sealed class ListObjectsV2(ObjectStore store) : IS3Action
{
    public string Name => nameof(ListObjectsV2);

    public Task RunAsync(S3Request request)
    {
        var listing = new ListingRequest(request);
        var startAfter = request.Target.Find("start-after");
        var token = ContinuationToken.Read(request);
        var page = store.List(request.Bucket, listing.Query(token.Length > 0 ? token : startAfter ?? ""));
        BucketAnswers.WriteRegion(request.Response, store.Bucket(request.Bucket));

        return request.WriteXmlAsync(new XmlText().Root("ListBucketResult", xml =>
        {
            listing.WriteHead(xml, page.IsTruncated);
            xml.Element("KeyCount", page.Items.Count + page.Groups.Count)
                .Element("StartAfter", startAfter is null ? null : listing.Encode(startAfter))
                .Element("ContinuationToken", request.Target.Find("continuation-token"))
                .Element("NextContinuationToken", page.IsTruncated ? ContinuationToken.Of(page.Last) : null);
            listing.WriteContents(xml, page, withOwner: request.Target.Find("fetch-owner") == "true");
        }));
    }
}

using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html: of a bucket without versions, each object's only one.</summary>
internal sealed class ListObjectVersions(ObjectStore store) : IS3Action
{
    public string Name => nameof(ListObjectVersions);

    public Task RunAsync(S3Request request)
    {
        var listing = new ListingRequest(request);
        var marker = request.Target.Find("key-marker") ?? "";
        var versionMarker = request.Target.Find("version-id-marker");

        if (marker.Length == 0 && versionMarker is { Length: > 0 })
            throw S3Exception.InvalidArgument("version-id-marker", versionMarker, "A version-id marker cannot be specified without a key marker.");

        var page = store.List(request.Bucket, listing.Query(marker));

        return request.WriteXmlAsync(new XmlText().Root("ListVersionsResult", xml =>
        {
            listing.WriteHead(xml, page.IsTruncated);
            xml.Element("KeyMarker", listing.Encode(marker)).Element("VersionIdMarker", versionMarker ?? "");

            if (page.IsTruncated)
                xml.Element("NextKeyMarker", listing.Encode(page.Last)).Element("NextVersionIdMarker", VersionId.Unversioned);

            foreach (var record in page.Items)
            {
                xml.Element("Version", item =>
                {
                    item.Element("Key", listing.Encode(record.Key)).Element("VersionId", VersionId.Unversioned).Element("IsLatest", true);
                    ListingRequest.WriteObject(item, record, withOwner: true);
                });
            }

            listing.WriteGroups(xml, page.Groups);
        }));
    }
}

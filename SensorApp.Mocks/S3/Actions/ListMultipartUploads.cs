using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html</summary>
internal sealed class ListMultipartUploads(UploadStore uploads) : IS3Action
{
    public string Name => nameof(ListMultipartUploads);

    public Task RunAsync(S3Request request)
    {
        var encode = Parameters.Encoding(request);
        var most = Parameters.Most(request, "max-uploads");
        var (prefix, delimiter) = (request.Target.Find("prefix") ?? "", request.Target.Find("delimiter") ?? "");
        var (keyMarker, idMarker) = (request.Target.Find("key-marker") ?? "", request.Target.Find("upload-id-marker") ?? "");
        var open = uploads.List(request.Bucket);

        if (keyMarker.Length > 0 && open.Any(upload => upload.Id == idMarker && upload.Key != keyMarker))
            throw S3Exception.InvalidArgument("upload-id-marker", idMarker, "Invalid uploadId marker");

        var page = Page(open, new ListQuery(prefix, delimiter, keyMarker, most), idMarker);

        return request.WriteXmlAsync(new XmlText().Root("ListMultipartUploadsResult", xml =>
        {
            xml.Element("Bucket", request.Bucket)
                .Element("KeyMarker", encode(keyMarker))
                .Element("UploadIdMarker", keyMarker.Length > 0 ? idMarker : "")
                .Element("NextKeyMarker", encode(KeyOf(page.Last)))
                .Element("NextUploadIdMarker", page.Items.Count > 0 && page.Last == Position(page.Items[^1].Key, page.Items[^1].Id) ? page.Items[^1].Id : "")
                .Element("Prefix", prefix.Length > 0 ? encode(prefix) : null)
                .Element("Delimiter", delimiter.Length > 0 ? encode(delimiter) : null)
                .Element("MaxUploads", most)
                .Element("EncodingType", request.Target.Find("encoding-type"))
                .Element("IsTruncated", page.IsTruncated);

            foreach (var upload in page.Items)
                xml.Element("Upload", item => WriteUpload(item, upload, encode));

            foreach (var group in page.Groups)
                xml.Element("CommonPrefixes", item => item.Element("Prefix", encode(group)));
        }));
    }

    /// <summary>Uploads of one key follow each other: key and id together are what a page ends at.</summary>
    private static ListPage<UploadRecord> Page(IReadOnlyList<UploadRecord> uploads, ListQuery query, string idMarker)
    {
        var keys = new SortedKeys<UploadRecord>();

        foreach (var upload in uploads)
            keys.Set(Position(upload.Key, upload.Id), upload);

        var after = query.After.Length == 0 ? "" : Position(query.After, idMarker.Length > 0 ? idMarker : "\uFFFF");
        var endsAtGroup = query.Delimiter.Length > 0 && query.After.EndsWith(query.Delimiter, StringComparison.Ordinal);
        return (query with { After = endsAtGroup ? query.After : after }).Run(keys);
    }

    private static string Position(string key, string id) => key + "\0" + id;

    private static string KeyOf(string position) => position.Split('\0')[0];

    private static void WriteUpload(XmlText xml, UploadRecord upload, Func<string, string> encode)
    {
        xml.Element("Key", encode(upload.Key)).Element("UploadId", upload.Id);
        Owner.Write(xml, "Initiator");
        Owner.Write(xml);
        xml.Element("StorageClass", upload.Attributes.StorageClass).Element("Initiated", upload.Initiated);
    }
}

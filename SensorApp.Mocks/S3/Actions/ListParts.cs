using System.Globalization;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html</summary>
internal sealed class ListParts(UploadStore uploads) : IS3Action
{
    public string Name => nameof(ListParts);

    public Task RunAsync(S3Request request)
    {
        var encode = Parameters.Encoding(request);
        var most = Parameters.Most(request, "max-parts");
        var after = Marker(request);
        var upload = uploads.Find(request.Bucket, request.Key, UploadTarget.Id(request));
        var rest = uploads.Parts(upload.Bucket, upload.Key, upload.Id).Where(part => part.Number > after).ToArray();
        var page = rest.Take(most).ToArray();

        return request.WriteXmlAsync(new XmlText().Root("ListPartsResult", xml =>
        {
            xml.Element("Bucket", upload.Bucket).Element("Key", encode(upload.Key)).Element("UploadId", upload.Id);
            Owner.Write(xml, "Initiator");
            Owner.Write(xml);
            xml.Element("StorageClass", upload.Attributes.StorageClass)
                .Element("ChecksumAlgorithm", upload.Algorithm?.Name())
                .Element("ChecksumType", upload.Algorithm is null ? null : upload.ChecksumType.Name())
                .Element("PartNumberMarker", after)
                .Element("NextPartNumberMarker", page.Length > 0 ? page[^1].Number : 0)
                .Element("MaxParts", most)
                .Element("IsTruncated", page.Length < rest.Length);

            foreach (var part in page)
            {
                xml.Element("Part", item => item
                    .Element("PartNumber", part.Number)
                    .Element("LastModified", part.LastModified)
                    .Element("ETag", ObjectAnswers.Quoted(part.ETag))
                    .Element(part.Checksum?.Algorithm.Element() ?? "", upload.Algorithm is null ? null : part.Checksum?.Value)
                    .Element("Size", part.Size));
            }
        }));
    }

    private static int Marker(S3Request request) => request.Target.Find("part-number-marker") switch
    {
        null or "" => 0,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var marker) => marker,
        var text => throw S3Exception.InvalidArgument("part-number-marker", text, "Provided part-number-marker not an integer or within integer range"),
    };
}

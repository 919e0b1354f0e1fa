using System.Globalization;
using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Payload;
using SensorApp.Mocks.S3.Wire;

namespace SensorApp.Mocks.S3.Actions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html</summary>
internal sealed class GetObjectAttributes(ObjectStore store) : IS3Action
{
    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public string Name => nameof(GetObjectAttributes);

    public Task RunAsync(S3Request request)
    {
        VersionId.Check(request);
        var wanted = string.Join(',', request.Http.Headers["x-amz-object-attributes"].AsEnumerable())
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        if (wanted.Length == 0)
            throw new S3Exception("InvalidRequest", "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty");

        if (wanted.Except(Known).Any())
            throw S3Exception.InvalidArgument("x-amz-object-attributes", string.Join(',', wanted), "Invalid attribute name specified.");

        var record = store.Find(request.Bucket, request.Key);
        request.Response.Headers.LastModified = record.LastModified.ToString("r", null);

        return request.WriteXmlAsync(new XmlText().Root("GetObjectAttributesResponse", xml =>
        {
            if (wanted.Contains("ETag"))
                xml.Element("ETag", record.ETag);

            if (wanted.Contains("Checksum") && record.Checksum is not null)
                xml.Element("Checksum", inner => inner.Checksum(record.Checksum));

            if (wanted.Contains("ObjectParts") && record.Parts is not null)
                xml.Element("ObjectParts", inner => WriteParts(request, record, record.Parts, inner));

            if (wanted.Contains("StorageClass"))
                xml.Element("StorageClass", record.Attributes.StorageClass);

            if (wanted.Contains("ObjectSize"))
                xml.Element("ObjectSize", record.Size);
        }));
    }

    private static void WriteParts(S3Request request, ObjectRecord record, IReadOnlyList<PartSummary> parts, XmlText xml)
    {
        var after = Header(request, "x-amz-part-number-marker", 0);
        var most = Header(request, "x-amz-max-parts", S3Limits.MostListed);
        var rest = parts.Where(part => part.Number > after).ToArray();
        var page = rest.Take(most).ToArray();

        xml.Element("PartsCount", parts.Count).Element("PartNumberMarker", after)
            .Element("NextPartNumberMarker", page.Length > 0 ? page[^1].Number : 0)
            .Element("MaxParts", most).Element("IsTruncated", page.Length < rest.Length);

        foreach (var part in page)
        {
            xml.Element("Part", item =>
            {
                item.Element("PartNumber", part.Number).Element("Size", part.Size);

                if (record.Checksum is not null)
                    item.Element(record.Checksum.Algorithm.Element(), part.Checksum);
            });
        }
    }

    private static int Header(S3Request request, string name, int fallback) => request.Header(name) switch
    {
        null => fallback,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => Math.Min(number, S3Limits.MostParts),
        var text => throw S3Exception.InvalidArgument(name, text, $"Provided {name} not an integer or within integer range"),
    };
}

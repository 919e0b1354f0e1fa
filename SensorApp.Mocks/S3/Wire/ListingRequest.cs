using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3.Payload;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>What the listings of a bucket's objects have in common.</summary>
internal sealed class ListingRequest(S3Request request)
{
    private readonly string? _delimiter = request.Target.Find("delimiter");
    private readonly string _prefix = request.Target.Find("prefix") ?? "";
    private readonly int _most = Parameters.Most(request, "max-keys");

    /// <summary>Writes keys as the client asked for them.</summary>
    public Func<string, string> Encode { get; } = Parameters.Encoding(request);

    /// <summary>Empty when keys are not grouped.</summary>
    public string Delimiter => _delimiter ?? "";

    public ListQuery Query(string after) => new(_prefix, Delimiter, after, _most);

    public void WriteHead(XmlText xml, bool isTruncated, bool encodesPrefix = true) => xml
        .Element("Name", request.Bucket)
        .Element("Prefix", encodesPrefix ? Encode(_prefix) : _prefix)
        .Element("Delimiter", Delimiter.Length > 0 ? Encode(Delimiter) : null)
        .Element("MaxKeys", _most)
        .Element("EncodingType", request.Target.Find("encoding-type"))
        .Element("IsTruncated", isTruncated);

    public void WriteContents(XmlText xml, ListPage<ObjectRecord> page, bool withOwner)
    {
        foreach (var record in page.Items)
        {
            xml.Element("Contents", item =>
            {
                item.Element("Key", Encode(record.Key));
                WriteObject(item, record, withOwner);
            });
        }

        WriteGroups(xml, page.Groups);
    }

    public void WriteGroups(XmlText xml, IReadOnlyList<string> groups)
    {
        foreach (var group in groups)
            xml.Element("CommonPrefixes", item => item.Element("Prefix", Encode(group)));
    }

    public static void WriteObject(XmlText xml, ObjectRecord record, bool withOwner)
    {
        xml.Element("LastModified", record.LastModified)
            .Element("ETag", ObjectAnswers.Quoted(record.ETag))
            .Element("ChecksumAlgorithm", record.Checksum?.Algorithm.Name())
            .Element("ChecksumType", record.Checksum?.Type.Name())
            .Element("Size", record.Size);

        if (withOwner)
            Owner.Write(xml);

        xml.Element("StorageClass", record.Attributes.StorageClass);
    }
}

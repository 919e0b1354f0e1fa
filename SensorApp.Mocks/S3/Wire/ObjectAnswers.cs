using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.Core.Objects.Checksums;
using SensorApp.Mocks.S3.Payload;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>Headers and elements that several answers about objects share.</summary>
internal static class ObjectAnswers
{
    public static string Quoted(string etag) => $"\"{etag}\"";

    /// <summary>After bytes were stored.</summary>
    public static void WriteStored(HttpResponse response, string etag, Checksum? checksum)
    {
        response.Headers.ETag = Quoted(etag);
        AttributeHeaders.WriteEncryption(response);
        WriteChecksum(response, checksum);
    }

    public static void WriteChecksum(HttpResponse response, Checksum? checksum)
    {
        if (checksum is null)
            return;

        response.Headers[checksum.Algorithm.Header()] = checksum.Value;
        response.Headers["x-amz-checksum-type"] = checksum.Type.Name();
    }

    /// <summary>What describes an object in the headers of GET and HEAD.</summary>
    public static void WriteRecord(HttpResponse response, ObjectRecord record)
    {
        AttributeHeaders.Write(response, record.Attributes);
        response.Headers.ETag = Quoted(record.ETag);
        response.Headers.LastModified = record.LastModified.ToString("r", null);
        response.Headers.AcceptRanges = "bytes";
    }

    public static XmlText Checksum(this XmlText xml, Checksum? checksum) =>
        checksum is null ? xml : xml.Element(checksum.Algorithm.Element(), checksum.Value).Element("ChecksumType", checksum.Type.Name());
}

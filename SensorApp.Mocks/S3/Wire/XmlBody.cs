using System.Xml;
using System.Xml.Linq;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>Reads the small XML documents that clients send.</summary>
internal static class XmlBody
{
    private static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        // No entities, so that a document of a kilobyte cannot grow to a gigabyte or name a file of this machine.
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = S3Limits.MostXmlBytes,
        // Keys may hold characters that XML 1.0 forbids.
        CheckCharacters = false,
    };

    /// <exception cref="S3Exception">MalformedXML, MaxMessageLengthExceeded</exception>
    public static async Task<XElement> ReadAsync(byte[] body, string root, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), Settings);
            var document = await XDocument.LoadAsync(reader, LoadOptions.PreserveWhitespace, cancellationToken);
            return document.Root?.Name.LocalName == root ? document.Root : throw new S3Exception("MalformedXML");
        }
        catch (XmlException)
        {
            throw new S3Exception("MalformedXML");
        }
    }

    /// <summary>A child by its local name: clients write S3's namespace, another or none.</summary>
    public static string? Child(this XElement element, string name) => element.Children(name).FirstOrDefault()?.Value;

    public static IEnumerable<XElement> Children(this XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);
}

using System.Globalization;
using System.Text;

namespace SensorApp.Mocks.S3.Wire;

/// <summary>
/// Writes S3's answers. Not XmlWriter: keys may hold characters that XML 1.0 forbids, and S3 writes them as references all the same.
/// </summary>
internal sealed class XmlText
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly StringBuilder _text = new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    /// <summary>An element around what <paramref name="content"/> writes.</summary>
    public XmlText Element(string name, Action<XmlText> content) => Element(name, "", content);

    /// <param name="attributes">As they are to stand in the tag, with a blank before each.</param>
    public XmlText Element(string name, string attributes, Action<XmlText> content)
    {
        _text.Append('<').Append(name).Append(attributes).Append('>');
        content(this);
        return Close(name);
    }

    /// <summary>The outermost element, with S3's namespace.</summary>
    public XmlText Root(string name, Action<XmlText> content) => Element(name, $" xmlns=\"{Namespace}\"", content);

    /// <param name="value">Null leaves the element out.</param>
    public XmlText Element(string name, string? value)
    {
        if (value is null)
            return this;

        _text.Append('<').Append(name).Append('>');
        AppendEscaped(value);
        return Close(name);
    }

    public XmlText Element(string name, long value) => Element(name, value.ToString(CultureInfo.InvariantCulture));

    public XmlText Element(string name, bool value) => Element(name, value ? "true" : "false");

    public XmlText Element(string name, DateTimeOffset value) => Element(name, Timestamp(value));

    /// <summary>Text inside the open element.</summary>
    public XmlText Text(string value)
    {
        AppendEscaped(value);
        return this;
    }

    /// <summary>S3 keeps times to the second, and writes milliseconds all the same.</summary>
    public static string Timestamp(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.000'Z'", CultureInfo.InvariantCulture);

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    private XmlText Close(string name)
    {
        _text.Append("</").Append(name).Append('>');
        return this;
    }

    private void AppendEscaped(string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\uFFFE' or '\uFFFF' or (< ' ' and not '\t' and not '\n') => _text.Append(CultureInfo.InvariantCulture, $"&#x{(int)character:x};"),
                _ => _text.Append(character),
            };
        }
    }
}

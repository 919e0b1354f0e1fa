using Google.Protobuf;

namespace SensorApp.Tests.LocalHosting;

/// <summary>Writes OTLP requests field by field.</summary>
internal static class OtlpRequest
{
    /// <summary>An item of the service <c>api</c>, wrapped as all three requests wrap theirs.</summary>
    public static byte[] WithItem(byte[] item, string scope = "scope") => WithItems(scope, item);

    public static byte[] WithItems(string scope, params byte[][] items) =>
        Message((1, Message(
            (1, Message((1, Attribute("service.name", "api")))),
            (2, Message([(1, Message((1, Text(scope)))), .. items.Select(item => (2, (object)item))])))));

    public static byte[] Attribute(string name, string value) => Message((1, Text(name)), (2, Message((1, Text(value)))));

    public static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>A message: bytes become length-delimited fields, a <see cref="ulong"/> a fixed64, an <see cref="int"/> a varint, a <see cref="double"/> itself.</summary>
    public static byte[] Message(params (int Field, object Value)[] fields)
    {
        using var bytes = new MemoryStream();
        using var output = new CodedOutputStream(bytes, leaveOpen: true);

        foreach (var (field, value) in fields)
        {
            switch (value)
            {
                case byte[] content:
                    output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                    output.WriteBytes(ByteString.CopyFrom(content));
                    break;
                case ulong number:
                    output.WriteTag(field, WireFormat.WireType.Fixed64);
                    output.WriteFixed64(number);
                    break;
                case int number:
                    output.WriteTag(field, WireFormat.WireType.Varint);
                    output.WriteInt32(number);
                    break;
                case double number:
                    output.WriteTag(field, WireFormat.WireType.Fixed64);
                    output.WriteDouble(number);
                    break;
                default:
                    throw new ArgumentException($"{value.GetType()} is no kind of field.", nameof(fields));
            }
        }

        output.Flush();
        return bytes.ToArray();
    }
}

using System.Globalization;
using Google.Protobuf;

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>
/// A message of OTLP (https://github.com/open-telemetry/opentelemetry-proto): its fields by their numbers, in any order. What a field
/// is, whoever asks for it knows; one that is not there is empty or 0.
/// </summary>
internal sealed class OtlpMessage
{
    private readonly List<(int Number, ulong Bits, ByteString Bytes)> fields = [];

    /// <exception cref="InvalidProtocolBufferException">The message is cut off or none.</exception>
    public OtlpMessage(CodedInputStream input)
    {
        uint tag;

        while ((tag = input.ReadTag()) != 0)
        {
            var number = WireFormat.GetTagFieldNumber(tag);

            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    fields.Add((number, input.ReadUInt64(), ByteString.Empty));
                    break;
                case WireFormat.WireType.Fixed64:
                    fields.Add((number, input.ReadFixed64(), ByteString.Empty));
                    break;
                case WireFormat.WireType.LengthDelimited:
                    fields.Add((number, 0, input.ReadBytes()));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    public bool Has(int number) => fields.Exists(field => field.Number == number);

    public string Text(int number) => Last(number).Bytes is { } bytes ? RepeatedText.Of(bytes.ToStringUtf8()) : "";

    public string Hex(int number) => Last(number).Bytes is { } bytes ? RepeatedText.Of(Convert.ToHexStringLower(bytes.Span)) : "";

    public long Integer(int number) => (long)Last(number).Bits;

    public double Double(int number) => BitConverter.UInt64BitsToDouble(Last(number).Bits);

    public DateTimeOffset Time(int number) => DateTimeOffset.UnixEpoch.AddTicks((long)(Last(number).Bits / 100));

    public IEnumerable<OtlpMessage> Messages(int number) => fields.Where(field => field.Number == number).Select(field => new OtlpMessage(field.Bytes.CreateCodedInput()));

    public OtlpMessage? Message(int number) => Messages(number).FirstOrDefault();

    /// <summary>Keys with their values as text.</summary>
    public IReadOnlyList<TelemetryAttribute> Attributes(int number) => [.. Messages(number).Select(pair => new TelemetryAttribute(pair.Text(1), pair.Value(2)))];

    /// <summary>Any value, as text.</summary>
    public string Value(int number) => Message(number)?.AsValue() ?? "";

    private string AsValue() => fields is not [var (kind, _, _), ..] ? "" : kind switch
    {
        2 => Integer(kind) == 0 ? "false" : "true",
        3 => Integer(kind).ToString(CultureInfo.InvariantCulture),
        4 => Double(kind).ToString(CultureInfo.InvariantCulture),
        5 => $"[{string.Join(", ", Messages(kind).SelectMany(list => list.Messages(1)).Select(any => any.AsValue()))}]",
        6 => $"{{{string.Join(", ", Messages(kind).SelectMany(map => map.Attributes(1)).Select(pair => $"{pair.Name}: {pair.Value}"))}}}",
        7 => Hex(kind),
        _ => Text(kind),
    };

    /// <summary>Of several the last one counts.</summary>
    private (int Number, ulong Bits, ByteString? Bytes) Last(int number) => fields.FindLast(field => field.Number == number);
}

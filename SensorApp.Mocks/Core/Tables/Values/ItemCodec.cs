using System.Text;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>The form of items at rest, in memory and on disk: each value is a byte that tells its type, then lengths and bytes.</summary>
internal static class ItemCodec
{
    // How long the form of an item will be is only known when it is written. Each thread keeps the memory of its longest, below 1 MB.
    [ThreadStatic]
    private static MemoryStream? _scratch;

    public static byte[] Encode(MapValue item) => Written(writer => WriteMap(writer, item));

    public static byte[] EncodeKey(ItemKey key) => Written(writer =>
    {
        Write(writer, key.Hash);

        if (key.Range is not null)
            Write(writer, key.Range);
    });

    public static MapValue Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return ReadMap(reader);
    }

    private static byte[] Written(Action<BinaryWriter> write)
    {
        var stream = _scratch ??= new MemoryStream();
        stream.SetLength(0);

        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            write(writer);

        var bytes = LastingBytes.Allocate((int)stream.Length);
        stream.GetBuffer().AsSpan(0, bytes.Length).CopyTo(bytes);
        return bytes;
    }

    private static void Write(BinaryWriter writer, AttributeValue value)
    {
        writer.Write((byte)value.Type);

        switch (value)
        {
            case StringValue text:
                writer.Write(text.Text);
                break;
            case NumberValue number:
                writer.Write(number.Text);
                break;
            case BinaryValue binary:
                writer.Write7BitEncodedInt(binary.Bytes.Length);
                writer.Write(binary.Bytes);
                break;
            case BooleanValue boolean:
                writer.Write(boolean.IsTrue);
                break;
            case ListValue list:
                WriteAll(writer, list.Elements);
                break;
            case MapValue map:
                WriteMap(writer, map);
                break;
            case SetValue set:
                WriteAll(writer, set.Elements);
                break;
        }
    }

    private static void WriteAll(BinaryWriter writer, IReadOnlyCollection<AttributeValue> values)
    {
        writer.Write7BitEncodedInt(values.Count);

        foreach (var value in values)
            Write(writer, value);
    }

    private static void WriteMap(BinaryWriter writer, MapValue map)
    {
        writer.Write7BitEncodedInt(map.Members.Count);

        foreach (var (name, value) in map.Members)
        {
            writer.Write(name);
            Write(writer, value);
        }
    }

    private static AttributeValue Read(BinaryReader reader) => (AttributeType)reader.ReadByte() switch
    {
        AttributeType.String => new StringValue(reader.ReadString()),
        AttributeType.Number => new NumberValue(ExactNumber.Parse(reader.ReadString())),
        AttributeType.Binary => new BinaryValue(reader.ReadBytes(reader.Read7BitEncodedInt())),
        AttributeType.Boolean => new BooleanValue(reader.ReadBoolean()),
        AttributeType.Null => new NullValue(),
        AttributeType.List => new ListValue(ReadAll(reader)),
        AttributeType.Map => ReadMap(reader),
        AttributeType.StringSet => new SetValue(AttributeType.String, ReadAll(reader)),
        AttributeType.NumberSet => new SetValue(AttributeType.Number, ReadAll(reader)),
        AttributeType.BinarySet => new SetValue(AttributeType.Binary, ReadAll(reader)),
        var unknown => throw new InvalidDataException($"An item on disk holds a value of the unknown type {unknown}."),
    };

    private static AttributeValue[] ReadAll(BinaryReader reader)
    {
        var values = new AttributeValue[reader.Read7BitEncodedInt()];

        for (var i = 0; i < values.Length; i++)
            values[i] = Read(reader);

        return values;
    }

    private static MapValue ReadMap(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        var members = new Dictionary<string, AttributeValue>(count);

        for (var i = 0; i < count; i++)
            members.Add(reader.ReadString(), Read(reader));

        return new MapValue(members);
    }
}

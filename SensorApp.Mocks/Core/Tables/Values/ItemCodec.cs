using System.Text;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>The form of items at rest, in memory and on disk: each value is a byte that tells its type, then lengths and bytes.</summary>
internal static class ItemCodec
{
    // Longer ones are rare: an item of 400 KB is longer at rest only where it has many numbers.
    private const int MostKeptBytes = 1024 * 1024;

    // How long the form of an item will be is only known when it is written.
    [ThreadStatic]
    private static MemoryStream? _scratch;

    public static byte[] Encode(MapValue item) => Written(writer => WriteMap(writer, item));

    public static byte[] EncodeKey(ItemKey key) => Written(writer =>
    {
        Write(writer, key.Hash);

        if (key.Range is not null)
            Write(writer, key.Range);
    });

    /// <summary>One value of an item, without making the others; null when it has none of that name.</summary>
    public static AttributeValue? Find(byte[] bytes, ReadOnlySpan<byte> name)
    {
        var stream = new MemoryStream(bytes);
        using var reader = new BinaryReader(stream);

        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var length = reader.Read7BitEncodedInt();
            var isMeant = bytes.AsSpan((int)stream.Position, length).SequenceEqual(name);
            stream.Position += length;

            if (isMeant)
                return Read(reader);

            Skip(reader);
        }

        return null;
    }

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
        _scratch = stream.Capacity <= MostKeptBytes ? stream : null;
        return bytes;
    }

    private static void Skip(BinaryReader reader)
    {
        switch ((AttributeType)reader.ReadByte())
        {
            case AttributeType.String or AttributeType.Number or AttributeType.Binary:
                SkipBytes(reader);
                break;
            case AttributeType.Boolean:
                reader.BaseStream.Position++;
                break;
            case AttributeType.Null:
                break;
            case AttributeType.Map:
                for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
                {
                    SkipBytes(reader);
                    Skip(reader);
                }

                break;
            default:
                for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
                    Skip(reader);

                break;
        }
    }

    /// <summary>Text is as long at rest as bytes are: its length, then UTF-8.</summary>
    private static void SkipBytes(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        reader.BaseStream.Position += length;
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

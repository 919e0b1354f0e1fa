using System.IO.Hashing;
using System.Numerics;
using System.Text;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Entries;

/// <summary>The place of an item in a table or index: by a hash of the partition key, the key itself, then the key of the item in its table.</summary>
public class EntryPlace(ItemKey position, ItemKey owner)
{
    /// <summary>Where the partition stands in a scan.</summary>
    public ulong Token { get; } = TokenOf(position.Hash);

    /// <summary>The key by which the table or index is sorted.</summary>
    public ItemKey Position { get; } = position;

    /// <summary>The key of the item in its table, which tells apart items at the same position of an index.</summary>
    public ItemKey Owner { get; } = owner;

    public static ulong TokenOf(AttributeValue hash) => hash switch
    {
        StringValue text => TokenOf(text.Text),
        NumberValue number => TokenOf(number.Text),
        BinaryValue binary => XxHash3.HashToUInt64(binary.Bytes),
        TupleValue tuple => tuple.Parts.Aggregate(0UL, (token, part) => BitOperations.RotateLeft(token, 5) ^ TokenOf(part)),
        _ => 0,
    };

    private static ulong TokenOf(string text)
    {
        const int StackBytes = 512;

        return text.Length <= StackBytes / 3 && (Span<byte>)stackalloc byte[StackBytes] is var buffer
            ? XxHash3.HashToUInt64(buffer[..Encoding.UTF8.GetBytes(text, buffer)])
            : XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text));
    }
}

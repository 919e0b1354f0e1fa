using System.Text;

namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>
/// A value of an item. Values never change, so items may be shared between requests and indexes.
/// Equality is DynamoDB's: numbers by value, sets without order, documents member by member.
/// </summary>
public abstract record AttributeValue
{
    public abstract AttributeType Type { get; }

    /// <summary>Bytes that the value counts towards the item size limit, by the rules AWS publishes.</summary>
    public abstract int Size { get; }
}

public sealed record StringValue(string Text) : AttributeValue
{
    public override AttributeType Type => AttributeType.String;

    public override int Size => Encoding.UTF8.GetByteCount(Text);
}

public sealed record NumberValue(ExactNumber Number) : AttributeValue
{
    private string? _text;

    public override AttributeType Type => AttributeType.Number;

    /// <summary>The number as it is answered. Kept, as making it costs as much as finding its item.</summary>
    public string Text => _text ??= Number.ToString();

    public override int Size => Number.StoredSize;

    public bool Equals(NumberValue? other) => other is not null && Number == other.Number;

    public override int GetHashCode() => Number.GetHashCode();
}

public sealed record BinaryValue(byte[] Bytes) : AttributeValue
{
    public override AttributeType Type => AttributeType.Binary;

    public override int Size => Bytes.Length;

    public bool Equals(BinaryValue? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }
}

public sealed record BooleanValue(bool IsTrue) : AttributeValue
{
    public override AttributeType Type => AttributeType.Boolean;

    public override int Size => 1;
}

public sealed record NullValue : AttributeValue
{
    public override AttributeType Type => AttributeType.Null;

    public override int Size => 1;
}

namespace SensorApp.Mocks.Core.Tables.Values;

/// <summary>The types of DynamoDB's data model.</summary>
public enum AttributeType
{
    String,
    Number,
    Binary,
    Boolean,
    Null,
    List,
    Map,
    StringSet,
    NumberSet,
    BinarySet,
}

public static class AttributeTypeNames
{
    /// <summary>The type's short name, as messages and the wire spell it.</summary>
    public static string Code(this AttributeType type) => type switch
    {
        AttributeType.String => "S",
        AttributeType.Number => "N",
        AttributeType.Binary => "B",
        AttributeType.Boolean => "BOOL",
        AttributeType.Null => "NULL",
        AttributeType.List => "L",
        AttributeType.Map => "M",
        AttributeType.StringSet => "SS",
        AttributeType.NumberSet => "NS",
        _ => "BS",
    };

    /// <summary>The type's long name, which only a few messages of update expressions use.</summary>
    public static string LongName(this AttributeType type) => type switch
    {
        AttributeType.String => "STRING",
        AttributeType.Number => "NUMBER",
        AttributeType.Binary => "BINARY",
        AttributeType.Boolean => "BOOLEAN",
        AttributeType.Null => "NULL",
        AttributeType.List => "LIST",
        AttributeType.Map => "MAP",
        AttributeType.StringSet => "STRING_SET",
        AttributeType.NumberSet => "NUMBER_SET",
        _ => "BINARY_SET",
    };

    public static bool IsSet(this AttributeType type) => type >= AttributeType.StringSet;

    /// <summary>The types that have an order, and so can be compared and be keys.</summary>
    public static bool IsOrdered(this AttributeType type) => type <= AttributeType.Binary;
}

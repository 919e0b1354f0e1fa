namespace SensorApp.Mocks.DynamoDb.Shapes;

/// <summary>A value with the name of its type, for example <c>{"N":"7"}</c>: a structure that may contain itself.</summary>
public sealed record ValueShape() : Shape("com.amazonaws.dynamodb.v20120810.AttributeValue")
{
    /// <returns>Null for a name that is no type.</returns>
    public Shape? Find(string member) => member switch
    {
        "S" or "N" => Text,
        "B" => Blob,
        "BOOL" or "NULL" => Flag,
        "SS" or "NS" => CommonShapes.Texts,
        "BS" => CommonShapes.Blobs,
        "L" => CommonShapes.Values,
        "M" => CommonShapes.Item,
        _ => null,
    };
}

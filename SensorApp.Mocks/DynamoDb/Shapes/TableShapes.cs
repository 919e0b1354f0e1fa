namespace SensorApp.Mocks.DynamoDb.Shapes;

/// <summary>Shapes of what tables are made of.</summary>
internal static class TableShapes
{
    public static readonly Shape AttributeDefinitions = Shape.List(Shape.Structure("AttributeDefinition",
        ("AttributeName", Shape.Text), ("AttributeType", Shape.Text)));

    public static readonly Shape KeySchema = Shape.List(Shape.Structure("KeySchemaElement",
        ("AttributeName", Shape.Text), ("KeyType", Shape.Text)));

    public static readonly Shape Projection = Shape.Structure("Projection",
        ("ProjectionType", Shape.Text), ("NonKeyAttributes", CommonShapes.Texts));

    public static readonly Shape Throughput = Shape.Structure("ProvisionedThroughput",
        ("ReadCapacityUnits", Shape.Long), ("WriteCapacityUnits", Shape.Long));

    public static readonly Shape StreamSpecification = Shape.Structure("StreamSpecification",
        ("StreamEnabled", Shape.Flag), ("StreamViewType", Shape.Text));

    public static readonly Shape LocalIndexes = Shape.List(Shape.Structure("LocalSecondaryIndex",
        ("IndexName", Shape.Text), ("KeySchema", KeySchema), ("Projection", Projection)));

    public static readonly Shape GlobalIndexes = Shape.List(GlobalIndex("GlobalSecondaryIndex"));

    public static readonly Shape GlobalIndexUpdates = Shape.List(Shape.Structure("GlobalSecondaryIndexUpdate",
        ("Create", GlobalIndex("CreateGlobalSecondaryIndexAction")),
        ("Update", Shape.Structure("UpdateGlobalSecondaryIndexAction", ("IndexName", Shape.Text), ("ProvisionedThroughput", Throughput))),
        ("Delete", Shape.Structure("DeleteGlobalSecondaryIndexAction", ("IndexName", Shape.Text)))));

    private static StructureShape GlobalIndex(string name) => Shape.Structure(name,
        ("IndexName", Shape.Text), ("KeySchema", KeySchema), ("Projection", Projection), ("ProvisionedThroughput", Throughput));
}

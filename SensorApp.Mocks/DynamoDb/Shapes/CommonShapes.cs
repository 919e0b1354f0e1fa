namespace SensorApp.Mocks.DynamoDb.Shapes;

/// <summary>Shapes that several operations share, by the names of the service's model.</summary>
internal static class CommonShapes
{
    public static readonly Shape Value = new ValueShape();
    public static readonly Shape Values = Shape.List(Value);
    public static readonly Shape Texts = Shape.List(Shape.Text);
    public static readonly Shape Blobs = Shape.List(Shape.Blob);

    /// <summary>An item or key: values by name.</summary>
    public static readonly Shape Item = Shape.Map(Value);

    public static readonly Shape Names = Shape.Map(Shape.Text);

    public static readonly Shape Condition = Shape.Structure("Condition",
        ("ComparisonOperator", Shape.Text), ("AttributeValueList", Values));

    public static readonly Shape Expectation = Shape.Structure("ExpectedAttributeValue",
        ("Value", Value), ("Exists", Shape.Flag), ("ComparisonOperator", Shape.Text), ("AttributeValueList", Values));

    public static readonly Shape Tags = Shape.List(Shape.Structure("Tag", ("Key", Shape.Text), ("Value", Shape.Text)));

    /// <summary>What every operation on one table says.</summary>
    public static readonly (string, Shape) TableName = ("TableName", Shape.Text);

    /// <summary>An expression's placeholders.</summary>
    public static readonly (string, Shape)[] Placeholders =
        [("ExpressionAttributeNames", Names), ("ExpressionAttributeValues", Item)];

    /// <summary>What the operations that write one item share.</summary>
    public static readonly (string, Shape)[] ItemWrite =
    [
        TableName,
        ("ConditionExpression", Shape.Text),
        .. Placeholders,
        ("Expected", Shape.Map(Expectation)),
        ("ConditionalOperator", Shape.Text),
        ("ReturnValues", Shape.Text),
        ("ReturnValuesOnConditionCheckFailure", Shape.Text),
        ("ReturnConsumedCapacity", Shape.Text),
        ("ReturnItemCollectionMetrics", Shape.Text),
    ];

    /// <summary>What queries and scans share.</summary>
    public static readonly (string, Shape)[] Read =
    [
        TableName,
        ("IndexName", Shape.Text),
        ("Select", Shape.Text),
        ("AttributesToGet", Texts),
        ("Limit", Shape.Integer),
        ("ConsistentRead", Shape.Flag),
        ("ConditionalOperator", Shape.Text),
        ("ExclusiveStartKey", Item),
        ("ReturnConsumedCapacity", Shape.Text),
        ("ProjectionExpression", Shape.Text),
        ("FilterExpression", Shape.Text),
        .. Placeholders,
    ];
}

using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>Reads what CreateTable is to create.</summary>
internal sealed class TableDefinitionReader(TimeProvider clock)
{
    /// <summary>The attributes that the key of a table or local index may have.</summary>
    private const int MostKeys = 2;

    /// <exception cref="TableException">The definition breaks a rule; the message is AWS's.</exception>
    public TableDefinition Read(JsonFields request)
    {
        Check(request);
        var attributes = KeySchemaReader.ReadAttributes(request);
        var provisioned = request.Text("BillingMode") != "PAY_PER_REQUEST";
        var throughput = ThroughputReader.ReadFor(provisioned, request);
        CheckDefined(request, attributes);
        var keys = KeySchemaReader.ReadSchema(request, attributes);
        var indexes = ReadIndexes(request, keys, attributes, provisioned);
        CheckAttributesUsed(attributes, keys, indexes);
        RefuseUnsupported(request);
        var tags = TagReader.Read(request) ?? new Dictionary<string, string>();
        TagReader.CheckCount(tags.Count);
        var now = clock.GetUtcNow();

        return new TableDefinition
        {
            Name = request.TableName()!, // the constraints have refused its absence
            Id = Guid.NewGuid().ToString(),
            Created = now,
            Attributes = attributes,
            Keys = keys,
            Indexes = indexes,
            Throughput = throughput,
            PayPerRequestSince = provisioned ? null : now,
            DeletionProtection = request.Flag("DeletionProtectionEnabled") ?? false,
            TableClass = request.Text("TableClass"),
            Tags = tags,
        };
    }

    /// <exception cref="TableException">An attribute is defined that no key uses.</exception>
    public static void CheckAttributesUsed(IReadOnlyList<KeyAttribute> attributes, KeySchema keys, IReadOnlyList<IndexDefinition> indexes)
    {
        var used = keys.Attributes.Concat(indexes.SelectMany(index => index.Keys.Attributes)).Select(key => key.Name).Distinct().ToList();

        if (used.Count == attributes.Count)
            return;

        throw TableException.InvalidParameter(indexes.Count == 0
            ? "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
            : $"Some AttributeDefinitions are not used. AttributeDefinitions: [{string.Join(", ", attributes.Select(attribute => attribute.Name))}], keys used: [{string.Join(", ", used)}]");
    }

    /// <exception cref="TableException">Too many, or two of one name.</exception>
    public static void CheckIndexes(IReadOnlyList<IndexDefinition> indexes)
    {
        var repeated = indexes.GroupBy(index => index.Name).FirstOrDefault(group => group.Count() > 1)?.Key;

        if (repeated is not null)
            throw TableException.InvalidParameter($"Duplicate index name: {repeated}");

        if (indexes.Count(index => index.IsGlobal) > TableLimits.GlobalIndexes)
            throw TableException.InvalidParameter($"GlobalSecondaryIndex count exceeds the per-table limit of {TableLimits.GlobalIndexes.Text()}");

        if (indexes.Count(index => !index.IsGlobal) > TableLimits.LocalIndexes)
            throw TableException.InvalidParameter($"Number of LocalSecondaryIndexes exceeds per-table limit of {TableLimits.LocalIndexes.Text()}");

        var included = indexes.Sum(index => index.Projection.Included.Count);

        if (included > TableLimits.ProjectedAttributes)
            throw TableException.InvalidParameter($"Number of NonKeyAttributes across all indexes exceeds per-table limit of {TableLimits.ProjectedAttributes.Text()}");
    }

    /// <summary>A check that the service makes for tables before it looks at names.</summary>
    private static void CheckDefined(JsonFields request, IReadOnlyList<KeyAttribute> attributes)
    {
        if (request.List("KeySchema") is { } keys && keys.Count > attributes.Count)
            throw TableException.Validation("Invalid KeySchema: Some index key attribute have no definition");
    }

    private static void Check(JsonFields request)
    {
        request.RequireNamedParameter("TableName");
        var constraints = new Constraints();
        constraints.Require("attributeDefinitions", request.List("AttributeDefinitions"));
        constraints.CheckTable(request);
        KeySchemaReader.CheckAttributes(constraints, request);
        KeySchemaReader.CheckSchema(constraints, "keySchema", request, MostKeys);
        constraints.OneOf("billingMode", request.Text("BillingMode"), "PROVISIONED", "PAY_PER_REQUEST");
        constraints.OneOf("tableClass", request.Text("TableClass"), "STANDARD", "STANDARD_INFREQUENT_ACCESS");
        ThroughputReader.Check(constraints, "provisionedThroughput", request);

        foreach (var (i, index) in (request.Objects("GlobalSecondaryIndexes") ?? []).Index())
            IndexReader.Check(constraints, Constraints.Member("globalSecondaryIndexes", i), index, 2 * TableLimits.KeyParts);

        foreach (var (i, index) in (request.Objects("LocalSecondaryIndexes") ?? []).Index())
            IndexReader.Check(constraints, Constraints.Member("localSecondaryIndexes", i), index, MostKeys);

        constraints.Check();
    }

    private static List<IndexDefinition> ReadIndexes(JsonFields request, KeySchema keys, IReadOnlyList<KeyAttribute> attributes, bool provisioned)
    {
        var locals = request.Objects("LocalSecondaryIndexes");
        var globals = request.Objects("GlobalSecondaryIndexes");

        if (locals?.Count == 0)
            throw TableException.InvalidParameter("List of LocalSecondaryIndexes is empty");

        if (globals?.Count == 0)
            throw TableException.InvalidParameter("List of GlobalSecondaryIndexes is empty");

        List<IndexDefinition> indexes =
        [
            .. (locals ?? []).Select(index => IndexReader.ReadLocal(index, keys, attributes)),
            .. (globals ?? []).Select(index => IndexReader.ReadGlobal(index, attributes, provisioned)),
        ];
        CheckIndexes(indexes);
        return indexes;
    }

    /// <summary>Refuses what would be a wrong success if it were accepted and nothing done.</summary>
    /// <exception cref="TableException">The request asks for a stream.</exception>
    public static void RefuseUnsupported(JsonFields request)
    {
        if (request.Object("StreamSpecification")?.Flag("StreamEnabled") == true)
            throw TableException.InvalidParameter("StreamSpecification: streams are not supported by this stand-in");
    }
}

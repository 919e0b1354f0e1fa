using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>Reads what CreateTable is to create.</summary>
internal sealed class TableDefinitionReader(TimeProvider clock)
{
    /// <exception cref="TableException">The definition breaks a rule; the message is AWS's.</exception>
    public TableDefinition Read(JsonFields request)
    {
        Check(request);
        var attributes = KeySchemaReader.ReadAttributes(request);
        var provisioned = request.Text("BillingMode") != "PAY_PER_REQUEST";
        var throughput = ThroughputReader.ReadFor(provisioned, request);
        var keys = KeySchemaReader.ReadSchema(request, attributes);
        var indexes = ReadIndexes(request, keys, attributes, provisioned);
        CheckAttributesUsed(attributes, keys, indexes);
        RefuseUnsupported(request);

        return new TableDefinition
        {
            Name = request.TableName()!, // the constraints have refused its absence
            Id = Guid.NewGuid().ToString(),
            Created = clock.GetUtcNow(),
            Attributes = attributes,
            Keys = keys,
            Indexes = indexes,
            Throughput = throughput,
            PayPerRequestSince = provisioned ? null : clock.GetUtcNow(),
            DeletionProtection = request.Flag("DeletionProtectionEnabled") ?? false,
            TableClass = request.Text("TableClass"),
            Tags = TagReader.Read(request) ?? new Dictionary<string, string>(),
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

        CheckCount("GlobalSecondaryIndexes", indexes.Count(index => index.IsGlobal), TableLimits.GlobalIndexes);
        CheckCount("LocalSecondaryIndexes", indexes.Count(index => !index.IsGlobal), TableLimits.LocalIndexes);

        var included = indexes.Sum(index => index.Projection.Included.Count);

        if (included > TableLimits.ProjectedAttributes)
            throw TableException.InvalidParameter($"Number of NonKeyAttributes across all indexes exceeds per-table limit of {TableLimits.ProjectedAttributes.Text()}");
    }

    private static void CheckCount(string kind, int count, int limit)
    {
        if (count > limit)
            throw TableException.InvalidParameter($"Number of {kind} exceeds per-table limit of {limit.Text()}");
    }

    private static void Check(JsonFields request)
    {
        var constraints = new Constraints();
        constraints.Require("attributeDefinitions", request.List("AttributeDefinitions"));
        constraints.CheckTable(request);
        KeySchemaReader.CheckAttributes(constraints, request);
        KeySchemaReader.CheckSchema(constraints, "keySchema", request);
        constraints.OneOf("billingMode", request.Text("BillingMode"), "PROVISIONED", "PAY_PER_REQUEST");
        constraints.OneOf("tableClass", request.Text("TableClass"), "STANDARD", "STANDARD_INFREQUENT_ACCESS");
        ThroughputReader.Check(constraints, "provisionedThroughput", request);

        foreach (var index in request.Objects("GlobalSecondaryIndexes") ?? [])
            IndexReader.Check(constraints, "globalSecondaryIndexes.member", index);

        foreach (var index in request.Objects("LocalSecondaryIndexes") ?? [])
            IndexReader.Check(constraints, "localSecondaryIndexes.member", index);

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

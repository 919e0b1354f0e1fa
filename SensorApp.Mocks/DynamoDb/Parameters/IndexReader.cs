using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>Reads the definition of one secondary index.</summary>
internal static class IndexReader
{
    public static void Check(Constraints constraints, string path, JsonFields index, int mostKeys)
    {
        constraints.Name($"{path}.indexName", index.Text("IndexName"));
        KeySchemaReader.CheckSchema(constraints, $"{path}.keySchema", index, mostKeys);
        constraints.Require($"{path}.projection", index.Object("Projection"));
        CheckProjection(constraints, $"{path}.projection", index.Object("Projection"));
        ThroughputReader.Check(constraints, $"{path}.provisionedThroughput", index);
    }

    private static void CheckProjection(Constraints constraints, string path, JsonFields? projection)
    {
        if (projection is not { } given)
            return;

        constraints.OneOf($"{path}.projectionType", given.Text("ProjectionType"), "ALL", "INCLUDE", "KEYS_ONLY");
        constraints.Count($"{path}.nonKeyAttributes", given.Element("NonKeyAttributes"), CommonShapes.Texts, 1);

        foreach (var (i, name) in (given.Texts("NonKeyAttributes") ?? []).Index())
        {
            constraints.MinLength(Constraints.Member($"{path}.nonKeyAttributes", i), name, name.Length, 1);
            constraints.MaxLength(Constraints.Member($"{path}.nonKeyAttributes", i), name, name.Length, TableLimits.KeyNameLength);
        }
    }

    public static IndexDefinition ReadLocal(JsonFields index, KeySchema table, IReadOnlyList<KeyAttribute> attributes)
    {
        var name = index.Text("IndexName")!; // the constraints have refused its absence

        if (table.Range is null)
            throw TableException.InvalidParameter("Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");

        var keys = KeySchemaReader.ReadSchema(index, attributes);

        if (keys.Range is null)
            throw TableException.InvalidParameter($"Index KeySchema does not have a range key for index: {name}");

        if (keys.Hash != table.Hash)
        {
            throw TableException.InvalidParameter("Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                + $"{name}. index hash key: {keys.Hash.Name}, table hash key: {table.Hash.Name}");
        }

        return new IndexDefinition(name, keys, ReadProjection(index), IsGlobal: false, Throughput: null);
    }

    /// <param name="index">The index's parameters.</param>
    /// <param name="attributes">The attributes that keys may be made of.</param>
    /// <param name="provisioned">Whether the table's billing wants a throughput.</param>
    public static IndexDefinition ReadGlobal(JsonFields index, IReadOnlyList<KeyAttribute> attributes, bool provisioned)
    {
        var name = index.Text("IndexName")!; // the constraints have refused its absence
        var throughput = ThroughputReader.Read(index);

        if (provisioned && throughput is null)
            throw TableException.InvalidParameter($"ProvisionedThroughput must be specified for index: {name}");

        if (!provisioned && throughput is not null)
            throw TableException.InvalidParameter($"ProvisionedThroughput should not be specified for index: {name} when BillingMode is PAY_PER_REQUEST");

        return new IndexDefinition(name, KeySchemaReader.ReadGlobalSchema(index, attributes), ReadProjection(index), IsGlobal: true, throughput);
    }

    private static IndexProjection ReadProjection(JsonFields index)
    {
        var projection = index.Object("Projection")!.Value; // the constraints have refused its absence
        var included = projection.Texts("NonKeyAttributes");
        var type = projection.Text("ProjectionType") ?? throw TableException.InvalidParameter("Unknown ProjectionType: null");

        if (type != "INCLUDE" && included is not null)
            throw TableException.InvalidParameter($"ProjectionType is {type}, but NonKeyAttributes is specified");

        if (type == "INCLUDE" && included is not { Count: > 0 })
            throw TableException.InvalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");

        if (included is not null && included.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key is { } repeated)
            throw TableException.InvalidParameter($"Duplicate value in NonKeyAttributes: {repeated}");

        return new IndexProjection(
            type switch
            {
                "ALL" => ProjectionKind.All,
                "KEYS_ONLY" => ProjectionKind.KeysOnly,
                _ => ProjectionKind.Include,
            },
            included ?? []);
    }
}

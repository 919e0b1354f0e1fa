using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <param name="Kind"><c>Create</c>, <c>Update</c> or <c>Delete</c>.</param>
/// <param name="Name">The index.</param>
/// <param name="Fields">The parameters of the change.</param>
internal sealed record IndexUpdate(string Kind, string Name, JsonFields Fields);

/// <summary>Reads and makes the changes of global indexes in UpdateTable.</summary>
internal static class IndexUpdates
{
    private static readonly string[] Kinds = ["Create", "Update", "Delete"];

    public static IReadOnlyList<IndexUpdate> Read(Constraints constraints, JsonFields request) =>
        [.. (request.Objects("GlobalSecondaryIndexUpdates") ?? []).Select((update, i) => ReadOne(constraints, Constraints.Member("globalSecondaryIndexUpdates", i), update))];

    public static TableDefinition Apply(TableDefinition table, JsonFields request, IReadOnlyList<IndexUpdate> updates)
    {
        if (updates.Count(update => update.Kind != "Update") > 1)
            throw new TableException(TableError.LimitExceeded, "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");

        // New indexes may use what this request defines, and only that, even where the table knows the attribute.
        var given = KeySchemaReader.ReadAttributes(request);
        var attributes = Merged(table.Attributes, given);
        var indexes = updates.Aggregate(table.Indexes, (present, update) => Changed(present, update, given, table.Throughput is not null));
        TableDefinitionReader.CheckIndexes(indexes);
        var used = table.Keys.Attributes.Concat(indexes.SelectMany(index => index.Keys.Attributes)).ToHashSet();
        return table with { Indexes = indexes, Attributes = [.. attributes.Where(used.Contains)] };
    }

    private static IndexUpdate ReadOne(Constraints constraints, string member, JsonFields update)
    {
        var given = Kinds.Where(update.Has).ToList();

        if (given.Count > 1)
            throw TableException.InvalidParameter("Only one of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete may be given, not more than one");

        if (given.Count == 0)
            throw TableException.InvalidParameter("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null");

        var fields = update.Object(given[0])!.Value; // it was just found to be there
        var path = $"{member}.{given[0].ToLowerInvariant()}";

        if (given[0] == "Create")
            IndexReader.Check(constraints, path, fields, 2 * TableLimits.KeyParts);
        else
            constraints.Name($"{path}.indexName", fields.Text("IndexName"));

        if (given[0] == "Update")
            constraints.Require($"{path}.provisionedThroughput", fields.Object("ProvisionedThroughput"));

        ThroughputReader.Check(constraints, $"{path}.provisionedThroughput", fields);
        return new IndexUpdate(given[0], fields.Text("IndexName") ?? "", fields);
    }

    private static IReadOnlyList<IndexDefinition> Changed(
        IReadOnlyList<IndexDefinition> indexes, IndexUpdate update, IReadOnlyList<KeyAttribute> attributes, bool provisioned)
    {
        var present = indexes.FirstOrDefault(index => index.Name == update.Name);

        if (update.Kind == "Create")
        {
            return present is null
                ? [.. indexes, IndexReader.ReadGlobal(update.Fields, attributes, provisioned)]
                : throw TableException.Validation("Attempting to create an index which already exists");
        }

        if (present is not { IsGlobal: true })
            throw new TableException(TableError.ResourceNotFound, "Requested resource not found");

        return update.Kind == "Delete"
            ? [.. indexes.Where(index => index != present)]
            : [.. indexes.Select(index => index == present ? index with { Throughput = ThroughputReader.Read(update.Fields) } : index)];
    }

    private static string Shown(IReadOnlyList<KeyAttribute> attributes, string name) =>
        $"{name}:{attributes.First(attribute => attribute.Name == name).Type.Code()}:HASH";

    private static List<KeyAttribute> Merged(IReadOnlyList<KeyAttribute> present, IReadOnlyList<KeyAttribute> given)
    {
        var conflict = given.FirstOrDefault(attribute => present.Any(known => known.Name == attribute.Name && known.Type != attribute.Type));

        return conflict is null
            ? [.. present.Union(given)]
            : throw TableException.InvalidParameter("Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. "
                + $"Existing schema: Schema:[SchemaElement: key{{{Shown(present, conflict.Name)}}}] New schema: Schema:[SchemaElement: key{{{Shown(given, conflict.Name)}}}]");
    }
}

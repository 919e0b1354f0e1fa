using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.DynamoDb.Legacy;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>What queries and scans share: which table or index to read, and what of each item to answer.</summary>
internal sealed class ReadParameters
{
    private ReadParameters(Table table, SecondaryIndex? index, string select, Projection? projection)
    {
        Table = table;
        Index = index;
        CountsOnly = select == "COUNT";
        Projection = projection;
        ReadsWholeItems = index is { Definition.IsGlobal: false } && NeedsWholeItems(index, select, projection);
    }

    public Table Table { get; }

    public SecondaryIndex? Index { get; }

    public bool CountsOnly { get; }

    public Projection? Projection { get; }

    /// <summary>Whether a local index lacks something asked for, so that the items themselves are fetched.</summary>
    public bool ReadsWholeItems { get; }

    /// <exception cref="TableException">No such table or index, or something that it cannot answer.</exception>
    public static ReadParameters Read(TableStore store, JsonFields request, Projection? projection)
    {
        var table = store.RequireTable(request);
        var index = FindIndex(table, request.Text("IndexName"));

        if (index?.Definition.IsGlobal == true && request.Flag("ConsistentRead") == true)
            throw TableException.Validation("Consistent reads are not supported on global secondary indexes");

        var select = SelectOf(request, index, projection);
        CheckHeld(index, select, projection);
        return new ReadParameters(table, index, select, projection);
    }

    public static void Check(Constraints constraints, JsonFields request)
    {
        constraints.Name("indexName", request.Text("IndexName"), required: false);
        constraints.AtLeast("limit", request.Whole("Limit"), 1);
        constraints.OneOf("select", request.Text("Select"), "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");
        constraints.OneOf("conditionalOperator", request.Text("ConditionalOperator"), "OR", "AND");
        constraints.CheckReturnConsumedCapacity(request);
    }

    public static Projection? ReadProjection(RequestExpressions expressions, JsonFields request) =>
        expressions.Projection("ProjectionExpression") ?? LegacyAttributes.Read(request);

    private static SecondaryIndex? FindIndex(Table table, string? name) => name is null
        ? null
        : table.FindIndex(name) ?? throw TableException.Validation($"The table does not have the specified index: {name}");

    private static string SelectOf(JsonFields request, SecondaryIndex? index, Projection? projection)
    {
        var parameter = request.Has("ProjectionExpression") ? "ProjectionExpression" : "AttributesToGet";

        switch (request.Text("Select"))
        {
            case null:
                return projection is not null ? "SPECIFIC_ATTRIBUTES" : index is null ? "ALL_ATTRIBUTES" : "ALL_PROJECTED_ATTRIBUTES";
            case "SPECIFIC_ATTRIBUTES" when projection is null:
                throw TableException.InvalidParameter("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
            case "ALL_PROJECTED_ATTRIBUTES" when index is null:
                throw TableException.InvalidParameter("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
            case not "SPECIFIC_ATTRIBUTES" and var other when projection is not null:
                throw TableException.InvalidParameter($"Cannot specify the {parameter} when choosing to get {(other == "COUNT" ? "only the Count" : other)}");
            case var select:
                return select;
        }
    }

    private static void CheckHeld(SecondaryIndex? index, string select, Projection? projection)
    {
        if (index is not { Definition.IsGlobal: true, Held: { } held })
            return;

        if (select == "ALL_ATTRIBUTES")
        {
            throw TableException.InvalidParameter("Select type ALL_ATTRIBUTES is not supported for global secondary index "
                + $"{index.Definition.Name} because its projection type is not ALL");
        }

        var missing = projection?.Paths.Select(path => path.Attribute).Where(name => !held.Contains(name)).Distinct().ToList();

        if (missing is { Count: > 0 })
            throw TableException.InvalidParameter($"Global secondary index {index.Definition.Name} does not project [{string.Join(", ", missing)}]");
    }

    private static bool NeedsWholeItems(SecondaryIndex index, string select, Projection? projection) =>
        select == "ALL_ATTRIBUTES" || (index.Held is { } held && projection?.Paths.Any(path => !held.Contains(path.Attribute)) == true);
}

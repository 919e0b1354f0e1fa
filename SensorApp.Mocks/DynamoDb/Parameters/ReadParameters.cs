using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>What queries and scans share: which table or index to read, and what of each item to answer.</summary>
internal sealed class ReadParameters
{
    private readonly JsonFields _request;

    private ReadParameters(JsonFields request, Table table, SecondaryIndex? index, Projection? projection)
    {
        _request = request;
        Table = table;
        Index = index;
        Projection = projection;
    }

    public Table Table { get; }

    public SecondaryIndex? Index { get; }

    public bool CountsOnly { get; private set; }

    public Projection? Projection { get; }

    /// <summary>Whether a local index lacks something asked for, so that the items themselves are fetched.</summary>
    public bool ReadsWholeItems { get; private set; }

    /// <summary>Finds table and index; <see cref="Select"/> is to be called after it.</summary>
    /// <exception cref="TableException">No such table or index.</exception>
    public static ReadParameters Read(TableStore store, JsonFields request, Projection? projection)
    {
        var table = store.RequireTable(request);
        var index = FindIndex(table, request.Text("IndexName"));

        if (index?.Definition.IsGlobal == true && request.Flag("ConsistentRead") == true)
            throw TableException.Validation("Consistent reads are not supported on global secondary indexes");

        return new ReadParameters(request, table, index, projection);
    }

    /// <summary>Decides what of each item to answer. The service looks at keys before it looks at this.</summary>
    /// <exception cref="TableException">Something that the table or index cannot answer.</exception>
    public void Select()
    {
        Table.Definition.CheckPaths(Projection?.Paths ?? []);
        var select = SelectOf(_request, Index, Projection);
        CheckHeld(Index, select, Projection);
        CountsOnly = select == "COUNT";
        ReadsWholeItems = Index is { Definition.IsGlobal: false } && NeedsWholeItems(Index, select, Projection);
    }

    public static void Check(Constraints constraints, JsonFields request)
    {
        constraints.Name("indexName", request.Text("IndexName"), required: false);
        constraints.OneOf("select", request.Text("Select"), "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");
        constraints.OneOf("conditionalOperator", request.Text("ConditionalOperator"), "OR", "AND");
        constraints.CheckReturnConsumedCapacity(request);
    }

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

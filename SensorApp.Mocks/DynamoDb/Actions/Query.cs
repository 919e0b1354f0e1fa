using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Reads;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Legacy;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html</summary>
internal sealed class Query(TableStore store) : IAction
{
    private static readonly string[] Expressions = ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"];
    private static readonly string[] LegacyParameters = ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"];

    public string Name => nameof(Query);

    public Shape Input { get; } = Shape.Structure("QueryInput",
    [
        ("KeyConditionExpression", Shape.Text),
        ("KeyConditions", Shape.Map(CommonShapes.Condition)),
        ("QueryFilter", Shape.Map(CommonShapes.Condition)),
        ("ScanIndexForward", Shape.Flag),
        .. CommonShapes.Read,
    ]);

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        Check(request);
        // The service reads all of the request, in this order, before it looks for the table.
        var expressions = new RequestExpressions(request, Expressions, LegacyParameters);
        var legacyFilter = LegacyConditions.ReadFilter(request, "QueryFilter");
        var legacyProjection = LegacyAttributes.Read(request);
        var start = StartKeys.Read(request);
        CheckHasCondition(request);
        var keyExpression = expressions.Condition("KeyConditionExpression", ExpressionKind.KeyConditionExpression);
        var filter = expressions.Condition("FilterExpression", ExpressionKind.FilterExpression) ?? legacyFilter;
        var projection = expressions.Projection("ProjectionExpression") ?? legacyProjection;
        expressions.CheckAllUsed();
        var bind = keyExpression is not null ? KeyConditionReader.Read(keyExpression) : LegacyKeyConditions.Read(request.Object("KeyConditions")!.Value); // one is there

        var target = ReadParameters.Read(store, request, projection);
        var keys = target.Index?.Definition.Keys ?? target.Table.Definition.Keys;
        var place = StartKeys.Place(start, target);
        var condition = bind(keys);
        var backward = request.Flag("ScanIndexForward") == false;
        var range = Range(request, target, condition, place, backward);
        target.Select();
        CheckFilter(request, filter, keys);
        PageAnswer.Write(request, answer, target, new PageRequest(target.Table, target.Index, range, backward, (int?)Limit(request)), filter);
        return Task.CompletedTask;
    }

    private static void CheckHasCondition(JsonFields request)
    {
        if (!request.Has("KeyConditions") && !request.Has("KeyConditionExpression"))
            throw TableException.Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
    }

    private static EntryRange Range(JsonFields request, ReadParameters target, KeyCondition condition, EntryPlace? start, bool backward)
    {
        var range = condition.ToRange();

        if (start is null)
            return range;

        // A partition of one item has nothing behind it.
        if (target.Index is null && target.Table.Definition.Keys.Range is null)
            throw TableException.Validation($"The provided exclusive start key is invalid: ExclusiveStartKey: {ShownValue.Of(request.Element("ExclusiveStartKey")!.Value, CommonShapes.Item)}"); // it has been read from there

        if (!start.Position.Hash.Equals(condition.Hash))
            throw TableException.Validation("The provided starting key is outside query boundaries based on provided conditions");

        if (!range.Contains(start))
            throw TableException.Validation("The provided starting key does not match the range key predicate");

        return StartKeys.After(range, start, backward);
    }

    private static void CheckFilter(JsonFields request, Condition? filter, KeySchema keys)
    {
        if (filter?.Attributes.FirstOrDefault(keys.Has) is not { } name)
            return;

        throw TableException.Validation(request.Has("FilterExpression")
            ? $"Filter Expression can only contain non-primary key attributes: Primary key attribute: {name}"
            : $"QueryFilter can only contain non-primary key attributes: Primary key attribute: {name}");
    }

    private static long? Limit(JsonFields request) => request.Whole("Limit") is { } limit ? Math.Min(limit, int.MaxValue) : null;

    private static void Check(JsonFields request)
    {
        var constraints = new Constraints();
        constraints.CheckTable(request);
        ReadParameters.Check(constraints, request);

        // Queries have the newer form of this message already, scans not yet.
        if (request.Whole("Limit") < 1)
            constraints.AddUnshown("Limit", "Member must have value greater than or equal to 1");

        constraints.Check();
    }
}

using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Reads;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Legacy;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html</summary>
internal sealed class Query(TableStore store) : IAction
{
    private static readonly string[] Expressions = ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"];
    private static readonly string[] LegacyParameters = ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"];

    public string Name => nameof(Query);

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        Check(request);
        var expressions = new RequestExpressions(request, Expressions, LegacyParameters);
        var keyExpression = expressions.Condition("KeyConditionExpression", ExpressionKind.KeyConditionExpression);
        var filter = expressions.Condition("FilterExpression", ExpressionKind.FilterExpression) ?? LegacyConditions.ReadFilter(request, "QueryFilter");
        var projection = ReadParameters.ReadProjection(expressions, request);
        expressions.CheckAllUsed();

        var target = ReadParameters.Read(store, request, projection);
        var keys = target.Index?.Definition.Keys ?? target.Table.Definition.Keys;
        var condition = ReadKeyCondition(request, keyExpression, keys);
        CheckFilter(request, filter, keys);

        var backward = request.Flag("ScanIndexForward") == false;
        var range = Range(request, target, condition, backward);
        PageAnswer.Write(request, answer, target, new PageRequest(target.Table, target.Index, range, backward, (int?)Limit(request)), filter);
        return Task.CompletedTask;
    }

    private static KeyCondition ReadKeyCondition(JsonFields request, Condition? expression, KeySchema keys)
    {
        if (expression is not null)
            return KeyConditionReader.Read(expression, keys);

        return request.Object("KeyConditions") is { } legacy
            ? LegacyKeyConditions.Read(legacy, keys)
            : throw TableException.Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
    }

    private static EntryRange Range(JsonFields request, ReadParameters target, KeyCondition condition, bool backward)
    {
        var range = condition.ToRange();

        if (StartKeys.Read(request, target) is not { } start)
            return range;

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
        constraints.Check();
    }
}

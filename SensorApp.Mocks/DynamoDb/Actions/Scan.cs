using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Reads;
using SensorApp.Mocks.DynamoDb.Legacy;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html</summary>
internal sealed class Scan(TableStore store) : IAction
{
    private static readonly string[] Expressions = ["ProjectionExpression", "FilterExpression"];
    private static readonly string[] LegacyParameters = ["AttributesToGet", "ScanFilter", "ConditionalOperator"];

    public string Name => nameof(Scan);

    public Shape Input { get; } = Shape.Structure("ScanInput",
    [
        ("ScanFilter", Shape.Map(CommonShapes.Condition)),
        ("Segment", Shape.Integer),
        ("TotalSegments", Shape.Integer),
        .. CommonShapes.Read,
    ]);

    public Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        Check(request);
        // The service reads all of the request, in this order, before it looks for the table.
        var expressions = new RequestExpressions(request, Expressions, LegacyParameters);
        var legacyProjection = LegacyAttributes.Read(request);
        var legacyFilter = LegacyConditions.ReadFilter(request, "ScanFilter");
        var start = StartKeys.Read(request);
        var segment = ReadSegment(request);
        var filter = expressions.Condition("FilterExpression", ExpressionKind.FilterExpression) ?? legacyFilter;
        var projection = expressions.Projection("ProjectionExpression") ?? legacyProjection;
        expressions.CheckAllUsed();

        var target = ReadParameters.Read(store, request, projection);
        var range = Range(StartKeys.Place(start, target), segment);
        target.Select();
        var limit = request.Whole("Limit") is { } asked ? (int?)Math.Min(asked, int.MaxValue) : null;
        PageAnswer.Write(request, answer, target, new PageRequest(target.Table, target.Index, range, Backward: false, limit), filter);
        return Task.CompletedTask;
    }

    private static EntryRange Range(EntryPlace? start, (int Number, int Total) segment)
    {
        var range = EntryRange.Segment(segment.Number, segment.Total);

        if (start is null)
            return range;

        return range.Contains(start)
            ? StartKeys.After(range, start, backward: false)
            : throw TableException.Validation("The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. "
                + $"TotalSegments: {segment.Total.Text()} Segment: {segment.Number.Text()}");
    }

    private static (int Number, int Total) ReadSegment(JsonFields request)
    {
        var (segment, total) = (request.Whole("Segment"), request.Whole("TotalSegments"));

        if (total is null && segment is not null)
            throw TableException.Validation("The TotalSegments parameter is required but was not present in the request when Segment parameter is present");

        if (segment is null && total is not null)
            throw TableException.Validation("The Segment parameter is required but was not present in the request when parameter TotalSegments is present");

        if (segment is null || total is null)
            return (0, 1);

        return segment < total ? ((int)segment.Value, (int)total.Value) : throw TableException.Validation(FormattableString.Invariant(
            $"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}"));
    }

    private static void Check(JsonFields request)
    {
        var constraints = new Constraints();
        constraints.CheckTable(request);
        ReadParameters.Check(constraints, request);
        constraints.AtLeast("limit", request.Whole("Limit"), 1);
        constraints.AtLeast("totalSegments", request.Whole("TotalSegments"), 1);
        constraints.AtMost("totalSegments", request.Whole("TotalSegments"), TableLimits.ScanSegments);
        constraints.AtLeast("segment", request.Whole("Segment"), 0);
        constraints.AtMost("segment", request.Whole("Segment"), TableLimits.ScanSegments - 1);
        constraints.Check();
    }
}

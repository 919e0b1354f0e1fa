using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html</summary>
internal sealed class UpdateTimeToLive(TableStore store) : IAction
{
    public string Name => nameof(UpdateTimeToLive);

    public Shape Input { get; } = Shape.Structure("UpdateTimeToLiveInput",
        CommonShapes.TableName,
        ("TimeToLiveSpecification", Shape.Structure("TimeToLiveSpecification", ("AttributeName", Shape.Text), ("Enabled", Shape.Flag))));

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var (table, attribute, enabled) = Read(request);
        await store.RedefineAsync(table, definition => Changed(definition, attribute, enabled));

        answer.WriteStartObject("TimeToLiveSpecification");
        answer.WriteString("AttributeName", attribute);
        answer.WriteBoolean("Enabled", enabled);
        answer.WriteEndObject();
    }

    private static (string Table, string Attribute, bool Enabled) Read(JsonFields request)
    {
        var specification = request.Object("TimeToLiveSpecification");
        var attribute = specification?.Text("AttributeName");
        var enabled = specification?.Flag("Enabled");
        request.RequireNamedParameter("TableName");
        var constraints = new Constraints();
        constraints.CheckTable(request);
        constraints.Require("timeToLiveSpecification", specification);

        if (specification is not null)
        {
            constraints.Require("timeToLiveSpecification.attributeName", attribute);
            constraints.MinLength("timeToLiveSpecification.attributeName", attribute ?? "", attribute?.Length, 1);
            constraints.MaxLength("timeToLiveSpecification.attributeName", attribute ?? "", attribute?.Length, TableLimits.KeyNameLength);
            constraints.Require("timeToLiveSpecification.enabled", enabled);
        }

        constraints.Check();
        return (request.TableName() ?? "", attribute ?? "", enabled ?? false); // none of them is null any more
    }

    private static TableDefinition Changed(TableDefinition table, string attribute, bool enabled)
    {
        var current = table.TimeToLiveAttribute;

        if (enabled && current is not null)
        {
            throw TableException.Validation(current == attribute
                ? "TimeToLive is already enabled"
                : $"TimeToLive is active on a different AttributeName: current AttributeName is {current}");
        }

        if (!enabled && current is null)
            throw TableException.Validation("TimeToLive is already disabled");

        if (!enabled && current != attribute)
            throw TableException.Validation($"TimeToLive is active on a different AttributeName: current AttributeName is {current}");

        return table with { TimeToLiveAttribute = enabled ? attribute : null };
    }
}

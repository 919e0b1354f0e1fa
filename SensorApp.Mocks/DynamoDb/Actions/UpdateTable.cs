using System.Globalization;
using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html</summary>
internal sealed class UpdateTable(TableStore store, TableDescription description, TimeProvider clock) : IAction
{
    private static readonly string[] Changes =
        ["ProvisionedThroughput", "BillingMode", "GlobalSecondaryIndexUpdates", "DeletionProtectionEnabled", "TableClass"];

    public string Name => nameof(UpdateTable);

    public Shape Input { get; } = Shape.Structure("UpdateTableInput",
        CommonShapes.TableName,
        ("AttributeDefinitions", TableShapes.AttributeDefinitions),
        ("BillingMode", Shape.Text),
        ("ProvisionedThroughput", TableShapes.Throughput),
        ("GlobalSecondaryIndexUpdates", TableShapes.GlobalIndexUpdates),
        ("StreamSpecification", TableShapes.StreamSpecification),
        ("DeletionProtectionEnabled", Shape.Flag),
        ("TableClass", Shape.Text));

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var updates = Check(request);
        var table = await store.RedefineAsync(request.TableName() ?? "", definition => Changed(definition, request, updates)); // Check has refused null
        var statuses = updates.Where(update => update.Kind != "Delete").ToDictionary(
            update => update.Name, update => update.Kind == "Create" ? "CREATING" : "UPDATING");
        description.Write(answer, "TableDescription", table, "UPDATING", statuses);
    }

    private TableDefinition Changed(TableDefinition table, JsonFields request, IReadOnlyList<IndexUpdate> updates)
    {
        var changed = ChangeBilling(table, request) with
        {
            DeletionProtection = request.Flag("DeletionProtectionEnabled") ?? table.DeletionProtection,
            TableClass = request.Text("TableClass") ?? table.TableClass,
        };

        return updates.Count == 0 ? changed : IndexUpdates.Apply(changed, request, updates);
    }

    private TableDefinition ChangeBilling(TableDefinition table, JsonFields request)
    {
        var provisioned = request.Text("BillingMode") is { } mode ? mode == "PROVISIONED" : table.Throughput is not null;

        if (!request.Has("BillingMode") && !request.Has("ProvisionedThroughput"))
            return table;

        var throughput = ThroughputReader.ReadFor(provisioned, request);

        if (throughput is not null && throughput == table.Throughput && !request.Has("GlobalSecondaryIndexUpdates"))
        {
            var reads = throughput.ReadUnits.ToString(CultureInfo.InvariantCulture);
            var writes = throughput.WriteUnits.ToString(CultureInfo.InvariantCulture);
            throw TableException.Validation("The provisioned throughput for the table will not change. The requested value equals the current value. "
                + $"Current ReadCapacityUnits provisioned for the table: {reads}. Requested ReadCapacityUnits: {reads}. "
                + $"Current WriteCapacityUnits provisioned for the table: {writes}. Requested WriteCapacityUnits: {writes}. "
                + "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
        }

        return table with
        {
            Throughput = throughput,
            PayPerRequestSince = provisioned || table.Throughput is null ? table.PayPerRequestSince : clock.GetUtcNow(),
            Indexes = provisioned ? table.Indexes : [.. table.Indexes.Select(index => index with { Throughput = null })],
        };
    }

    // Checked before the table is looked for.
    private static void CheckThroughput(JsonFields request, IReadOnlyList<IndexUpdate> updates)
    {
        if (request.Text("BillingMode") == "PROVISIONED" && !request.Has("ProvisionedThroughput"))
            throw TableException.InvalidParameter("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");

        _ = ThroughputReader.Read(request);

        if (updates.GroupBy(update => update.Name).FirstOrDefault(group => group.Count() > 1)?.Key is { } repeated)
            throw TableException.InvalidParameter($"Only one global secondary index update per index is allowed simultaneously. Index: {repeated}");
    }

    private static IReadOnlyList<IndexUpdate> Check(JsonFields request)
    {
        request.RequireNamedParameter("TableName");
        var constraints = new Constraints();
        constraints.CheckTable(request);
        KeySchemaReader.CheckAttributes(constraints, request);
        constraints.OneOf("billingMode", request.Text("BillingMode"), "PROVISIONED", "PAY_PER_REQUEST");
        constraints.OneOf("tableClass", request.Text("TableClass"), "STANDARD", "STANDARD_INFREQUENT_ACCESS");
        ThroughputReader.Check(constraints, "provisionedThroughput", request);
        var updates = IndexUpdates.Read(constraints, request);
        constraints.Check();

        TableDefinitionReader.RefuseUnsupported(request);
        CheckThroughput(request, updates);

        // No index update at all is as good as none given.
        return updates.Count > 0 || Changes.Any(change => change != "GlobalSecondaryIndexUpdates" && request.Has(change)) ? updates : throw TableException.Validation(
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates "
            + "or SSESpecification or ReplicaUpdates is required");
    }
}

using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html</summary>
internal sealed class CreateTable(TableStore store, TableDefinitionReader reader, TableDescription description) : IAction
{
    public string Name => nameof(CreateTable);

    public Shape Input { get; } = Shape.Structure("CreateTableInput",
        CommonShapes.TableName,
        ("AttributeDefinitions", TableShapes.AttributeDefinitions),
        ("KeySchema", TableShapes.KeySchema),
        ("BillingMode", Shape.Text),
        ("ProvisionedThroughput", TableShapes.Throughput),
        ("LocalSecondaryIndexes", TableShapes.LocalIndexes),
        ("GlobalSecondaryIndexes", TableShapes.GlobalIndexes),
        ("StreamSpecification", TableShapes.StreamSpecification),
        ("DeletionProtectionEnabled", Shape.Flag),
        ("TableClass", Shape.Text),
        ("Tags", CommonShapes.Tags));

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var table = await store.CreateAsync(reader.Read(request));
        var indexes = table.Definition.Indexes.ToDictionary(index => index.Name, _ => "CREATING");
        description.Write(answer, "TableDescription", table, "CREATING", indexes);
    }
}

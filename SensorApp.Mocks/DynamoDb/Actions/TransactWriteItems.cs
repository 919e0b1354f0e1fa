using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Shapes;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html</summary>
internal sealed class TransactWriteItems(TableStore store) : IAction
{
    private static readonly string[] Kinds = ["ConditionCheck", "Put", "Delete", "Update"];

    private static readonly StructureShape Input = Shape.Structure("TransactWriteItemsInput",
        ("TransactItems", Shape.List(Shape.Structure("TransactWriteItem",
            ("ConditionCheck", Shape.Structure("ConditionCheck", [("Key", CommonShapes.Item), .. CommonShapes.ItemWrite])),
            ("Put", Shape.Structure("Put", [("Item", CommonShapes.Item), .. CommonShapes.ItemWrite])),
            ("Delete", Shape.Structure("Delete", [("Key", CommonShapes.Item), .. CommonShapes.ItemWrite])),
            ("Update", Shape.Structure("Update", [("Key", CommonShapes.Item), ("UpdateExpression", Shape.Text), .. CommonShapes.ItemWrite]))))),
        ("ClientRequestToken", Shape.Text),
        ("ReturnConsumedCapacity", Shape.Text),
        ("ReturnItemCollectionMetrics", Shape.Text));

    public string Name => nameof(TransactWriteItems);

    Shape IAction.Input => Input;

    public async Task AnswerAsync(JsonFields request, Utf8JsonWriter answer)
    {
        var parts = Check(request);
        // The service reads all of the request before it looks for any table.
        var pending = parts.Select(Read).ToList();
        var writes = TransactionParts.Bind(pending, write => write.FindTable(store), (write, table) => write.On(table));

        if (writes.DistinctBy(write => (write.Table.Definition.Name, write.Key)).Count() < writes.Count)
            throw TableException.Validation("Transaction request cannot include multiple operations on one item");

        if (writes.Sum(write => write is PutWrite put ? (long)put.Item.Size : 0) > TableLimits.TransactionBytes)
            throw TableException.Validation("Transaction request size cannot exceed 4194304 bytes");

        var results = await store.TransactAsync(writes, request.Text("ClientRequestToken"), Fingerprint(request));
        WriteCapacity(request, answer, writes, results);
    }

    private static PendingWrite Read(JsonFields part, int index)
    {
        var given = Kinds.Where(part.Has).ToList();

        if (given.Count != 1)
            throw TableException.Validation("TransactItems can only contain one of Check, Put, Update or Delete");

        var fields = part.Object(given[0])!.Value; // it was just found to be there
        CheckPart(given[0], Constraints.Member("transactItems", index), fields);

        return given[0] switch
        {
            "ConditionCheck" => ItemWriteReader.ReadCheck(fields),
            "Put" => ItemWriteReader.ReadPut(fields),
            "Delete" => ItemWriteReader.ReadDelete(fields),
            _ => ItemWriteReader.ReadUpdate(fields),
        };
    }

    private static IReadOnlyList<JsonFields> Check(JsonFields request)
    {
        var parts = request.Objects("TransactItems");
        var constraints = new Constraints();
        constraints.Require("transactItems", parts);
        constraints.Count("transactItems", request.Element("TransactItems"), Input.Find("TransactItems")!, 1, TableLimits.TransactionItems); // the shape has that member
        var token = request.Text("ClientRequestToken");
        constraints.MinLength("clientRequestToken", token ?? "", token?.Length, 1);
        constraints.MaxLength("clientRequestToken", token ?? "", token?.Length, TableLimits.TransactionTokenLength);
        constraints.CheckReturnConsumedCapacity(request);
        constraints.OneOf("returnItemCollectionMetrics", request.Text("ReturnItemCollectionMetrics"), "SIZE", "NONE");
        constraints.Check();
        return parts!; // Require has refused null
    }

    private static void CheckPart(string kind, string member, JsonFields fields)
    {
        var path = $"{member}.{char.ToLowerInvariant(kind[0])}{kind[1..]}";
        var constraints = new Constraints();
        constraints.Name($"{path}.tableName", fields.TableName());

        if (kind == "Put")
            constraints.Require($"{path}.item", fields.Object("Item"));
        else
            constraints.Require($"{path}.key", fields.Object("Key"));

        if (kind == "Update")
            constraints.Require($"{path}.updateExpression", fields.Text("UpdateExpression"));

        if (kind == "ConditionCheck")
            constraints.Require($"{path}.conditionExpression", fields.Text("ConditionExpression"));

        constraints.CheckReturnOnFailure(fields);
        constraints.Check();
    }

    private static UInt128 Fingerprint(JsonFields request) =>
        request.Element("TransactItems") is { } items ? XxHash128.HashToUInt128(JsonMarshal.GetRawUtf8Value(items)) : default;

    private static void WriteCapacity(JsonFields request, Utf8JsonWriter answer, List<ItemWrite> writes, IReadOnlyList<WriteResult> results)
    {
        var capacity = new ConsumedCapacity(request, transactional: true);

        if (results.Count == 0)
            writes.ForEach(write => capacity.AddRead(write.Table, index: null, write.Table.FindStored(write.Key)?.Size ?? 0, consistent: true));

        foreach (var (write, result) in writes.Zip(results))
            capacity.AddWrite(write.Table, result);

        capacity.WriteAll(answer);
    }
}

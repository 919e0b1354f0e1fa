using System.Text.Json;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>What the operations that write one item answer.</summary>
internal static class ItemWriteAnswer
{
    /// <param name="request">Asks for capacity and metrics.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="write">What was done.</param>
    /// <param name="result">The item before and after.</param>
    /// <param name="attributes">The attributes that the caller asked for; null or empty for none.</param>
    public static void Write(JsonFields request, Utf8JsonWriter answer, ItemWrite write, WriteResult result, Item? attributes)
    {
        if (attributes is { Attributes.Members.Count: > 0 })
            answer.WriteItem("Attributes", attributes);

        var capacity = new ConsumedCapacity(request);
        capacity.AddWrite(write.Table, result);
        capacity.WriteOne(answer);

        if (!ItemCollectionMetrics.Applies(request, write.Table))
            return;

        answer.WritePropertyName("ItemCollectionMetrics");
        ItemCollectionMetrics.Write(answer, write.Table, write.Key);
    }
}

using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>What both batch operations share: parts by table.</summary>
internal static class BatchRequest
{
    /// <summary>The parts of <c>RequestItems</c>, by table name.</summary>
    /// <exception cref="TableException">There are none.</exception>
    public static IReadOnlyDictionary<string, JsonElement> Read(JsonFields request)
    {
        var parts = request.Object("RequestItems")?.Members();
        var constraints = new Constraints();
        constraints.Require("requestItems", parts);
        constraints.MinLength("requestItems", "{}", parts?.Count, 1);
        constraints.CheckReturnConsumedCapacity(request);
        constraints.OneOf("returnItemCollectionMetrics", request.Text("ReturnItemCollectionMetrics"), "SIZE", "NONE");

        foreach (var name in parts?.Keys ?? [])
            constraints.Name("requestItems.key", RequestParts.NameIn(name));

        constraints.Check();
        return parts!; // Require has refused null
    }
}

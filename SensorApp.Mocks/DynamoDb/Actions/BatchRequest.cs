using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>What both batch operations share: parts by table.</summary>
internal static class BatchRequest
{
    private const string NameRule = "Map keys must satisfy constraint: [Member must have length less than or equal to 255, "
        + "Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]";

    /// <summary>The parts of <c>RequestItems</c>, by table name; null when absent.</summary>
    /// <exception cref="TableException">There are none.</exception>
    public static IReadOnlyDictionary<string, JsonElement>? Read(JsonFields request, string operation)
    {
        var parts = request.Object("RequestItems")?.Members();

        return parts is not { Count: 0 } ? parts : throw TableException.Validation($"The requestItems parameter is required for {operation}");
    }

    /// <summary>Adds what is wrong with the names of tables.</summary>
    /// <param name="constraints">Gets it.</param>
    /// <param name="parts">The parts, by table name; null when absent.</param>
    /// <param name="shown">How the message shows them.</param>
    public static void CheckNames(this Constraints constraints, IReadOnlyDictionary<string, JsonElement>? parts, Func<string> shown)
    {
        if (parts?.Keys.Any(name => !IsTableName(RequestParts.NameIn(name))) == true)
            constraints.Add("requestItems", $"'{shown()}'", NameRule);
    }

    private static bool IsTableName(string name) => name.Length is >= 3 and <= 255 && Constraints.IsName(name);
}

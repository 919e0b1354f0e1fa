using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

internal static class KeyReader
{
    /// <summary>The key of one item, in the parameter <c>Key</c>.</summary>
    /// <exception cref="TableException">It is not a key of the table.</exception>
    public static ItemKey Read(Table table, JsonFields fields) => table.Definition.Keys.RequireOnly(
        fields.Element("Key") is { } key ? ValueReader.ReadItem(key) : Item.Empty);
}

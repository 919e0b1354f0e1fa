using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

internal static class KeyReader
{
    /// <summary>
    /// The attributes in the parameter <c>Key</c>. They are read before expressions are looked at; only later, once the table is
    /// found, is it known whether they are a key of it.
    /// </summary>
    /// <exception cref="Core.Tables.TableException">A value breaks a rule.</exception>
    public static Item Read(JsonFields fields) => fields.Element("Key") is { } key ? ValueReader.ReadItem(key) : Item.Empty;
}

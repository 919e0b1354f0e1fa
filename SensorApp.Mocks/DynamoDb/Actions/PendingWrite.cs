using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Writes;
using SensorApp.Mocks.DynamoDb.Parameters;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>A write that has been read, but whose table has not been looked for yet: the service does these one after the other.</summary>
/// <param name="fields">The parameters, which name the table.</param>
/// <param name="build">Makes the write, or throws when it does not fit the table.</param>
internal sealed class PendingWrite(JsonFields fields, Func<Table, ItemWrite> build)
{
    /// <exception cref="TableException">There is no such table.</exception>
    public Table FindTable(TableStore store) => store.RequireTable(fields);

    /// <exception cref="TableException">The item or key does not fit the table.</exception>
    public ItemWrite On(Table table) => build(table) with { ReturnItemOnFailure = fields.ReturnsItemOnFailure() };

    /// <exception cref="TableException">There is no such table, or the item or key does not fit it.</exception>
    public ItemWrite In(TableStore store) => On(FindTable(store));
}

using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Writes;

namespace SensorApp.Mocks.DynamoDb.Actions;

/// <summary>Fits the parts of a transaction to their tables.</summary>
internal static class TransactionParts
{
    /// <param name="parts">The parts in their order.</param>
    /// <param name="find">Finds a part's table; there being none fails the request as a whole.</param>
    /// <param name="bind">Fits a part to its table.</param>
    /// <exception cref="TableException">There is no such table; or a part does not fit, which cancels the transaction for that reason alone.</exception>
    public static List<TBound> Bind<TPart, TBound>(IReadOnlyList<TPart> parts, Func<TPart, Table> find, Func<TPart, Table, TBound> bind)
    {
        var tables = parts.Select(find).ToList();
        var bound = new List<TBound>();

        try
        {
            foreach (var (part, table) in parts.Zip(tables))
                bound.Add(bind(part, table));

            return bound;
        }
        catch (TableException failure) when (failure.Error == TableError.Validation)
        {
            var reasons = Enumerable.Repeat(CancellationReason.None, parts.Count).ToArray();
            reasons[bound.Count] = new CancellationReason("ValidationError", failure.Message);
            throw Transaction.Cancelled(reasons);
        }
    }
}

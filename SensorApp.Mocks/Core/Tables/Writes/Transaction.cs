using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Writes;

/// <summary>Decides whether a transaction can be made.</summary>
internal static class Transaction
{
    /// <exception cref="TableException">At least one change cannot be made; there is a reason for each change.</exception>
    public static List<WriteResult> Evaluate(IReadOnlyList<ItemWrite> writes, Func<ItemWrite, Item?> beforeOf)
    {
        var results = new List<WriteResult>(writes.Count);
        var reasons = new List<CancellationReason>(writes.Count);

        foreach (var write in writes)
            reasons.Add(Evaluate(write, beforeOf(write), results));

        return results.Count == writes.Count ? results : throw Cancelled(reasons);
    }

    public static TableException Cancelled(IReadOnlyList<CancellationReason> reasons) => new(
        TableError.TransactionCanceled,
        $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons.Select(reason => reason.Code))}]")
    {
        Reasons = reasons,
    };

    private static CancellationReason Evaluate(ItemWrite write, Item? before, List<WriteResult> results)
    {
        try
        {
            write.CheckCondition(before);
            results.Add(new WriteResult(before, write.Apply(before)));
            return CancellationReason.None;
        }
        catch (TableException failure) when (failure.Error == TableError.ConditionalCheckFailed)
        {
            return new CancellationReason("ConditionalCheckFailed", failure.Message, failure.Item);
        }
        catch (TableException failure) when (failure.Error == TableError.Validation)
        {
            return new CancellationReason("ValidationError", failure.Message);
        }
    }
}

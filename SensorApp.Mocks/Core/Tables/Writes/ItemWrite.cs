using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Writes;

/// <summary>One change to one item, made only if its condition holds.</summary>
public abstract record ItemWrite(Table Table, ItemKey Key, Condition? Condition)
{
    private const string ConditionFailed = "The conditional request failed";

    /// <summary>Whether a failed condition answers with the item as it is.</summary>
    public bool ReturnItemOnFailure { get; init; }

    /// <exception cref="TableException">The condition does not hold.</exception>
    public void CheckCondition(Item? before)
    {
        if (Condition?.Holds(before ?? Item.Empty) == false)
            throw new TableException(TableError.ConditionalCheckFailed, ConditionFailed) { Item = ReturnItemOnFailure ? before : null };
    }

    /// <summary>The item after the write; null when there is none then.</summary>
    /// <exception cref="TableException">The item does not allow the change.</exception>
    public abstract Item? Apply(Item? before);
}

public sealed record PutWrite(Table Table, ItemKey Key, Item Item, Condition? Condition) : ItemWrite(Table, Key, Condition)
{
    public override Item? Apply(Item? before) => Item;
}

public sealed record DeleteWrite(Table Table, ItemKey Key, Condition? Condition) : ItemWrite(Table, Key, Condition)
{
    public override Item? Apply(Item? before) => null;
}

/// <summary>Changes nothing: part of a transaction that only asks.</summary>
public sealed record ConditionCheck(Table Table, ItemKey Key, Condition Condition) : ItemWrite(Table, Key, Condition)
{
    public override Item? Apply(Item? before) => before;
}

public sealed record UpdateWrite(Table Table, ItemKey Key, UpdateExpression Update, Condition? Condition) : ItemWrite(Table, Key, Condition)
{
    public override Item? Apply(Item? before)
    {
        // Taking away from an item that does not exist does not bring it into being.
        if (before is null && Update.Actions.Count > 0 && Update.Actions.All(action => action is RemoveAction or DeleteAction))
            return null;

        // A new item begins with its key, which the update's values may refer to.
        var after = ItemEditor.Apply(Update, before ?? Table.Definition.Keys.ToItem(Key));

        if (after.Size > TableLimits.ItemBytes)
            throw TableException.Validation("Item size to update has exceeded the maximum allowed size");

        ItemRules.CheckNesting(after);
        Table.Definition.CheckIndexKeys(after);
        return after;
    }
}

/// <summary>An item before and after a write; null where there was or is none.</summary>
public sealed record WriteResult(Item? Before, Item? After);

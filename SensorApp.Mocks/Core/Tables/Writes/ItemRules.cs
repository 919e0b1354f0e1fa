using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Writes;

/// <summary>What an item must fulfil to be stored.</summary>
public static class ItemRules
{
    /// <summary>Fits an item to be put to its table.</summary>
    /// <returns>Its key.</returns>
    /// <exception cref="TableException">A key is missing or cannot be one; the message is AWS's.</exception>
    public static ItemKey CheckKeys(TableDefinition table, Item item)
    {
        var key = table.Keys.RequireIn(item);
        table.CheckIndexKeys(item);
        return key;
    }

    /// <exception cref="TableException">It is larger than items may be.</exception>
    public static void CheckSize(Item item)
    {
        if (item.Size > TableLimits.ItemBytes)
            throw TableException.Validation("Item size has exceeded the maximum allowed size");
    }

    public static void CheckNesting(Item item)
    {
        if (item.Attributes.Members.Values.Any(value => LevelsOf(value) > TableLimits.NestingLevels))
            throw TooDeep();
    }

    public static TableException TooDeep() => TableException.Validation(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit");

    /// <summary>The levels that a value takes up, itself the first.</summary>
    private static int LevelsOf(AttributeValue value) => value switch
    {
        MapValue map => 1 + map.Members.Values.Select(LevelsOf).DefaultIfEmpty().Max(),
        ListValue list => 1 + list.Elements.Select(LevelsOf).DefaultIfEmpty().Max(),
        _ => 1,
    };
}

using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Mocks.Core.Tables.Writes;

/// <summary>What an item must fulfil to be stored.</summary>
public static class ItemRules
{
    /// <summary>Checks an item to be put.</summary>
    /// <returns>Its key.</returns>
    /// <exception cref="TableException">It breaks a rule; the message is AWS's.</exception>
    public static ItemKey Check(TableDefinition table, Item item)
    {
        if (item.Size > TableLimits.ItemBytes)
            throw TableException.Validation("Item size has exceeded the maximum allowed size");

        CheckNesting(item);
        var key = table.Keys.RequireIn(item);
        table.CheckIndexKeys(item);
        return key;
    }

    public static void CheckNesting(Item item)
    {
        if (DepthOf(item.Attributes) > TableLimits.NestingLevels + 1)
            throw TableException.Validation("Nesting Levels have exceeded supported limits");
    }

    private static int DepthOf(AttributeValue value) => value switch
    {
        MapValue map => 1 + map.Members.Values.Select(DepthOf).DefaultIfEmpty().Max(),
        ListValue list => 1 + list.Elements.Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };
}

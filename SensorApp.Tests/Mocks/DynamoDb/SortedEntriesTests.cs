using System.Globalization;
using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class SortedEntriesTests
{
    private static readonly StringValue Hash = new("partition");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Walk_AfterRandomChanges_AgreesWithASortedDictionary(int seed)
    {
        var random = new Random(seed);
        var entries = new SortedEntries();
        var oracle = new SortedDictionary<int, StoredItem>();

        for (var i = 0; i < 5000; i++)
            Change(entries, oracle, random.Next(2000), remove: random.Next(3) == 0);

        var (low, high) = (random.Next(500), 1000 + random.Next(500));
        var range = new EntryRange(Bound(low, after: true), Bound(high, after: true));
        Assert.Equal(oracle.Count, entries.Count);
        Assert.Equal(oracle.Values, entries.Walk(default, backward: false).Select(entry => entry.Item));
        Assert.Equal(oracle.Where(pair => pair.Key > low && pair.Key <= high).Select(pair => pair.Value), entries.Walk(range, backward: false).Select(entry => entry.Item));
        Assert.Equal(entries.Walk(range, backward: false).Reverse(), entries.Walk(range, backward: true));
    }

    [Fact]
    public void Compare_TextBeyondTheBasicPlane_OrdersByUtf8Bytes()
    {
        // U+FF5E is three bytes of UTF-8 and so comes before U+1F600 with four, though its UTF-16 unit is larger.
        var order = ValueOrder.Compare(new StringValue("\uFF5E"), new StringValue("\U0001F600"));

        Assert.True(order < 0);
    }

    private static void Change(SortedEntries entries, SortedDictionary<int, StoredItem> oracle, int number, bool remove)
    {
        var key = new ItemKey(Hash, Number(number));
        var item = new Item(new MapValue(new Dictionary<string, AttributeValue> { ["n"] = Number(number) })).Stored;

        if (remove)
        {
            entries.Remove(new EntryPlace(key, key));
            oracle.Remove(number);
        }
        else
        {
            entries.Set(new Entry(key, key, item));
            oracle[number] = item;
        }
    }

    private static EntryBound Bound(int number, bool after) => EntryBound.AtPartition(Hash, after) with { Range = Number(number) };

    private static NumberValue Number(int number) => new(ExactNumber.Parse(number.ToString(CultureInfo.InvariantCulture)));
}

using System.Runtime.CompilerServices;
using System.Text;
using SensorApp.Mocks.Core.Tables.Entries;
using SensorApp.Mocks.Core.Tables.Expressions;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.Core.Tables.Values;
using SensorApp.Mocks.Core.Tables.Writes;

namespace SensorApp.Mocks.Core.Tables;

/// <summary>
/// Removes items whose time has come. Times further back than five years are taken for something else and left alone.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
/// </summary>
public sealed class ExpirySweep(TableStore store, TimeProvider clock)
{
    private const int EntriesAtOnce = 1000;
    private const int EntriesARun = 10 * EntriesAtOnce;
    private const int LongestAgoYears = 5;

    private readonly ConditionalWeakTable<Table, EntryBound> _places = [];

    /// <summary>
    /// Looks at every table that has a time to live: at all of a small one, at the next entries of a large one. However large the tables
    /// are, a run takes little from the requests.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var table in store.Tables)
        {
            if (table.Definition.TimeToLiveAttribute is { } attribute)
                await SweepAsync(table, attribute, cancellationToken);
        }
    }

    private async Task SweepAsync(Table table, string attribute, CancellationToken cancellationToken)
    {
        var expired = Expired(attribute);
        _places.TryGetValue(table, out var place);

        for (var seen = 0; seen < EntriesARun; seen += EntriesAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (keys, last) = Find(table, attribute, expired, place);
            await Task.WhenAll(keys.Select(key => RemoveAsync(table, key, expired)));

            if (last is null)
            {
                _places.Remove(table);
                return;
            }

            place = EntryBound.At(last, after: true);
            _places.AddOrUpdate(table, place);
        }
    }

    /// <summary>Takes the next entries only, and looks at them afterwards, so that other requests need not wait for a whole table.</summary>
    private static (List<ItemKey> Keys, Entry? Last) Find(Table table, string attribute, Condition expired, EntryBound? place)
    {
        var entries = new List<Entry>();

        table.Read(index: null, new EntryRange(place, Upper: null), backward: false, entry =>
        {
            entries.Add(entry);
            return entries.Count < EntriesAtOnce;
        });

        var name = Encoding.UTF8.GetBytes(attribute);
        var keys = entries.Where(entry => entry.Item.Find(name) is { } time && expired.Holds(ItemOf(attribute, time))).Select(entry => entry.Owner).ToList();
        return (keys, entries.Count < EntriesAtOnce ? null : entries[^1]);
    }

    private static Item ItemOf(string name, AttributeValue value) => new(new MapValue(new Dictionary<string, AttributeValue> { [name] = value }));

    private async Task RemoveAsync(Table table, ItemKey key, Condition expired)
    {
        try
        {
            await store.WriteAsync(new DeleteWrite(table, key, expired));
        }
        catch (TableException failure) when (failure.Error is TableError.ConditionalCheckFailed or TableError.ResourceNotFound)
        {
            // Changed or gone since it was seen: then it is not ours to remove.
        }
    }

    private BetweenCondition Expired(string attribute)
    {
        var now = clock.GetUtcNow();
        return new BetweenCondition(new PathOperand(DocumentPath.Of(attribute)), Seconds(now.AddYears(-LongestAgoYears)), Seconds(now));
    }

    private static LiteralOperand Seconds(DateTimeOffset time) =>
        new(new NumberValue(ExactNumber.Parse(time.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))));
}

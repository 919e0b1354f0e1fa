using SensorApp.Api.Processing;
using SensorApp.Api.Processing.Documents;

namespace SensorApp.Api.Services.Results;

/// <summary>One page of sensors; <paramref name="HasMore"/> says whether another follows.</summary>
public sealed record SensorPage(IReadOnlyList<SensorStatistics> Sensors, bool HasMore);

/// <summary>Reads pages of sensors; memory is a page's, however many sensors there are.</summary>
public static class SensorPages
{
    /// <summary>By id. Costs the blocks of the page.</summary>
    public static async Task<SensorPage> ReadByIdAsync(ResultDocument document, string? afterId, string? search, int limit, CancellationToken cancellationToken)
    {
        var page = new List<SensorStatistics>();

        await foreach (var sensor in document.SensorsAsync(afterId, search, cancellationToken))
        {
            if (page.Count == limit)
            {
                return new SensorPage(page, HasMore: true);
            }

            page.Add(sensor);
        }

        return new SensorPage(page, HasMore: false);
    }

    /// <summary>By a value. Costs reading all sensors for each page.</summary>
    public static async Task<SensorPage> ReadByValueAsync(
        ResultDocument document, SensorOrder order, SensorRank? after, string? search, int limit, CancellationToken cancellationToken)
    {
        // The best so far, the worst of them on top.
        var best = new PriorityQueue<SensorStatistics, SensorRank>(Comparer<SensorRank>.Create((left, right) => right.CompareTo(left)));
        var found = 0L;

        await foreach (var sensor in document.SensorsAsync(afterId: null, search, cancellationToken))
        {
            var rank = order.RankOf(sensor);

            if (after is { } last && rank.CompareTo(last) <= 0)
            {
                continue;
            }

            found++;
            best.Enqueue(sensor, rank);

            if (best.Count > limit)
            {
                best.Dequeue();
            }
        }

        var page = best.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element).ToList();
        return new SensorPage(page, found > page.Count);
    }
}

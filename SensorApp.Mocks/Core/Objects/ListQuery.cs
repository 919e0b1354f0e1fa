namespace SensorApp.Mocks.Core.Objects;

/// <summary>One page of a listing of keys.</summary>
/// <param name="After">Only keys after this one, whole groups included when it names a group; empty: from the beginning.</param>
/// <param name="Most">Most items, keys and groups together.</param>
public sealed record ListQuery(string Prefix, string Delimiter, string After, int Most)
{
    // Above every character of a key, so that a search for it lands behind the group.
    private const string AboveAll = "\U0010FFFF";

    /// <summary>The page, from keys that do not change meanwhile.</summary>
    public ListPage<T> Run<T>(SortedKeys<T> keys)
    {
        var items = new List<T>();
        var groups = new List<string>();
        var last = "";
        var position = KeyOrder.Compare(After, Prefix) > 0 ? Start() : Prefix;

        // A page of no items is complete, however many keys there are.
        while (Most > 0)
        {
            string? group = null;

            foreach (var (key, value) in keys.From(position))
            {
                if (!key.StartsWith(Prefix, StringComparison.Ordinal))
                    break;

                group = GroupOf(key);

                if ((group ?? key) == last || key == After || (group is not null && group == After))
                {
                    group = null;
                    continue;
                }

                if (items.Count + groups.Count == Most)
                    return new ListPage<T>(items, groups, IsTruncated: true, last);

                last = group ?? key;

                if (group is not null)
                    break;

                items.Add(value);
            }

            if (group is null)
                break;

            groups.Add(group);
            position = group + AboveAll;
        }

        return new ListPage<T>(items, groups, IsTruncated: false, last);
    }

    private string Start() =>
        Delimiter.Length > 0 && After.EndsWith(Delimiter, StringComparison.Ordinal) && GroupOf(After) == After ? After + AboveAll : After;

    private string? GroupOf(string key)
    {
        if (Delimiter.Length == 0 || !key.StartsWith(Prefix, StringComparison.Ordinal))
            return null;

        var end = key.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : key[..(end + Delimiter.Length)];
    }
}

/// <param name="Groups">Common prefixes: keys up to and including the first delimiter after the query's prefix.</param>
/// <param name="Last">The last key or group of the page; the next page comes after it.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Groups, bool IsTruncated, string Last);

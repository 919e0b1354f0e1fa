namespace SensorApp.Web.Pages;

/// <summary>The heading of a column of the sensor table: a link that sorts by it, and back.</summary>
public sealed record SortHeading(FileModel Page, string Column, string Label, bool IsNumber)
{
    /// <summary>The columns of numbers, in the order of the table: the API's name and the heading.</summary>
    public static IReadOnlyList<(string Column, string Label)> Numbers { get; } =
        [("count", "Count"), ("avg", "Average"), ("min", "Min"), ("max", "Max"), ("stddev", "Std dev"), ("p50", "p50"), ("p95", "p95"), ("p99", "p99")];

    private const string Descending = "-";

    /// <summary>For <c>aria-sort</c>; null for a column that the table is not sorted by.</summary>
    public string? AriaSort => Page.Sort == Column ? "ascending" : Page.Sort == Descending + Column ? "descending" : null;

    /// <summary>Of numbers the largest come first: they are what people look for.</summary>
    public string Link
    {
        get
        {
            var (first, then) = IsNumber ? (Descending + Column, Column) : (Column, Descending + Column);
            return Page.Link(sort: Page.Sort == first ? then : first);
        }
    }
}

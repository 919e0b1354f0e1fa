using SensorApp.Web.Api;

namespace SensorApp.Web;

/// <summary>The invalid rows that a page shows.</summary>
/// <param name="Header">The file's header line, if it has one.</param>
/// <param name="DetailedRows">Invalid rows that can be listed at all; any beyond are only counted.</param>
/// <param name="NextCursor">Where the next page begins; null at the end.</param>
public sealed record RejectedRows(string? Header, long DetailedRows, IReadOnlyList<RejectedRow> Rows, string? NextCursor)
{
    private const int PageSize = 100;
    private const int SearchPageSize = 1000;

    public static RejectedRows None { get; } = new(Header: null, DetailedRows: 0, [], NextCursor: null);

    /// <summary>Reads the rows from a cursor on: a page of them or, for one reason, pages until there are rows of that reason.</summary>
    public static async Task<RejectedRows> ReadAsync(ApiClient api, string fileId, string? reason, string? cursor, CancellationToken cancellationToken)
    {
        var header = api.FindHeaderAsync(fileId, cancellationToken);
        var rows = new List<RejectedRow>();
        RejectedRowPage page;

        do
        {
            page = await api.ListRejectedRowsAsync(fileId, new(cursor, string.IsNullOrEmpty(reason) ? PageSize : SearchPageSize), cancellationToken);
            rows.AddRange(page.Errors.Where(row => string.IsNullOrEmpty(reason) || row.Reason == reason));
            cursor = page.NextCursor;
        }
        while (rows.Count < PageSize && cursor is not null && !string.IsNullOrEmpty(reason));

        return new(await header, page.DetailedRows, rows, cursor);
    }
}

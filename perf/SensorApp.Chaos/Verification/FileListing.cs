using System.Net.Http.Json;
using System.Text.Json;

namespace SensorApp.Chaos.Verification;

/// <summary>Reads the whole list of files, page by page, as a person would.</summary>
internal static class FileListing
{
    private const int PageSize = 100;

    /// <summary>The id of every listed file, as often as it is listed.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(Uri replica, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = replica };
        var fileIds = new List<string>();
        string? cursor = null;

        do
        {
            var query = FormattableString.Invariant($"/files?limit={PageSize}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            var page = await http.GetFromJsonAsync<JsonElement>(query, cancellationToken);
            fileIds.AddRange(page.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("file_id").GetString()!));
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        return fileIds;
    }
}

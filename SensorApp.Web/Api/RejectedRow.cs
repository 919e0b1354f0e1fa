namespace SensorApp.Web.Api;

/// <summary>One invalid row, as <c>GET /results/{file_id}/errors</c> tells it.</summary>
/// <param name="Line">Number of its first line in the file, from 1.</param>
/// <param name="Column">The column at fault as the header has it; null when the row as a whole is at fault.</param>
/// <param name="Reason">A stable reason code.</param>
/// <param name="Raw">The row as it stands in the file, shortened.</param>
public sealed record RejectedRow(long Line, string? Column, string Reason, string Raw);

/// <summary>One page of invalid rows, by line.</summary>
/// <param name="Header">The header line of the file; null where there is none that can be used.</param>
/// <param name="DetailedRows">Rows that can be listed: the first ones of all that are invalid.</param>
public sealed record RejectedRowPage(string? Header, long DetailedRows, IReadOnlyList<RejectedRow> Errors, string? NextCursor);

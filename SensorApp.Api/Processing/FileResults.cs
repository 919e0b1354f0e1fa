using SensorApp.Api.Processing.Aggregation;

namespace SensorApp.Api.Processing;

/// <summary>Makes a file's result at its end.</summary>
internal static class FileResults
{
    /// <exception cref="FileFailedException">The rows leave nothing to keep.</exception>
    public static FileResult Of(FileRun run)
    {
        var totals = run.Totals;
        totals.CheckShareOfInvalidRows();
        if (totals.Rows == 0)
            throw new FileFailedException(FileErrorCodes.NoRows, "The file has a header but no rows.");

        var table = run.MergeTables();
        CheckEveryRowIsAccountedFor(totals, table);
        if (table.Count == 0)
            throw new FileFailedException(FileErrorCodes.NoValidRows, $"None of the {totals.Rows} rows is valid.");
        return Describe(run, error: null) with { Sensors = new SensorSummaries(table), Series = SeriesWindow.Of(table) };
    }

    public static FileResult OfFailed(FileRun? run, FileError error) => Describe(run, error);

    // Counted by the parser on one side, by the tables and the rejections on the other: a row lost in between must not go unnoticed.
    private static void CheckEveryRowIsAccountedFor(FileTotals totals, SensorTable table)
    {
        var aggregated = 0L;
        for (var sensor = 0; sensor < table.Count; sensor++)
            aggregated += table.Tallies.CountOf(sensor);
        if (aggregated + totals.InvalidRows != totals.Rows)
            throw new InvalidOperationException($"{totals.Rows} rows were read, but {aggregated} aggregated and {totals.InvalidRows} rejected.");
    }

    private static FileResult Describe(FileRun? run, FileError? error) => new()
    {
        TotalRows = run?.Totals.Rows ?? 0,
        InvalidRows = run?.Totals.InvalidRows ?? 0,
        ValidRows = run is null ? 0 : run.Totals.Rows - run.Totals.InvalidRows,
        Error = error,
        ErrorsByReason = run?.Totals.ErrorsByReason ?? new Dictionary<string, long>(),
        Rejections = run?.Totals.Rejections ?? [],
        Header = run?.Format.Header,
        Sensors = [],
    };
}

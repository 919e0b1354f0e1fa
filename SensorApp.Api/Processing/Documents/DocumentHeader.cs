namespace SensorApp.Api.Processing.Documents;

/// <summary>What a result document says about the file as a whole; the members mean what they mean in <see cref="FileResult"/>.</summary>
/// <param name="TotalRows">Valid and invalid.</param>
/// <param name="ValidRows">Rows that count.</param>
/// <param name="InvalidRows">Rows that were rejected; of the first of them the document holds details.</param>
/// <param name="SensorCount">Different sensors.</param>
/// <param name="Error">Why the file failed, or null.</param>
/// <param name="HeaderLine">The header line as uploaded, or null.</param>
/// <param name="ErrorsByReason">Invalid rows by reason code.</param>
/// <param name="Series">How the time buckets lie, or null.</param>
public sealed record DocumentHeader(
    long TotalRows,
    long ValidRows,
    long InvalidRows,
    long SensorCount,
    FileError? Error,
    string? HeaderLine,
    IReadOnlyDictionary<string, long> ErrorsByReason,
    SeriesShape? Series);

using SensorApp.Api.Processing;

namespace SensorApp.Api.Endpoints.Results;

/// <summary>One page of the invalid rows.</summary>
/// <param name="FileId">The file.</param>
/// <param name="InvalidRows">All invalid rows; null before the end.</param>
/// <param name="DetailedRows">Those of them that are kept in detail: the first ones.</param>
/// <param name="ErrorsByReason">All of them, counted by reason.</param>
/// <param name="Header">The header line of the file as uploaded; null before the end, and where there is none that can be used.</param>
/// <param name="Errors">The rows of this page, by line.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> to go on; null at the end.</param>
public sealed record ErrorsAnswer(
    string FileId, long? InvalidRows, int DetailedRows, IReadOnlyDictionary<string, long> ErrorsByReason, string? Header, IReadOnlyList<RowErrorAnswer> Errors,
    string? NextCursor);

/// <summary>One invalid row: where, what is wrong, and how it reads.</summary>
public sealed record RowErrorAnswer(long Line, string? Column, string Reason, string Raw)
{
    public static RowErrorAnswer From(Rejection rejection) => new(rejection.Line, rejection.Column, rejection.Reason, rejection.Raw);
}

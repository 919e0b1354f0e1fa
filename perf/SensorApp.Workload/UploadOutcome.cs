namespace SensorApp.Workload;

/// <summary>What became of one upload.</summary>
/// <param name="FileId">Id of the accepted file; null when it was not accepted.</param>
/// <param name="Failure">Why it was not accepted, short enough to count by: a status code or the kind of network error; null when it was.</param>
/// <param name="Elapsed">From the first byte sent to the whole answer.</param>
public sealed record UploadOutcome(string? FileId, string? Failure, TimeSpan Elapsed);

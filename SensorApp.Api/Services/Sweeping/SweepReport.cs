namespace SensorApp.Api.Services.Sweeping;

/// <summary>What one sweep of the bucket removed.</summary>
/// <param name="Uploads">Blobs of uploads whose record never came.</param>
/// <param name="Documents">Result documents of writers that were too late, or of files that are gone.</param>
/// <param name="Unfinished">Uploads in parts that nothing continues.</param>
public readonly record struct SweepReport(int Uploads, int Documents, int Unfinished);

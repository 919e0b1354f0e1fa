using SensorApp.Workload;

namespace SensorApp.LoadTest;

/// <summary>A file that was answered with 202: from then on the service owes its result.</summary>
public sealed record AcceptedFile(string FileId, GeneratedFile File);

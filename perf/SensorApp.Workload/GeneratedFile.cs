namespace SensorApp.Workload;

/// <summary>A sensor file to send, with what any correct service must answer about it.</summary>
/// <param name="Name">File name, different for each file of a generator.</param>
/// <param name="Content">The bytes as they are sent: UTF-8 CSV with a header line.</param>
/// <param name="Expected">Worked out from the readings that were put in, not by reading the content.</param>
public sealed record GeneratedFile(string Name, byte[] Content, ExpectedResult Expected);

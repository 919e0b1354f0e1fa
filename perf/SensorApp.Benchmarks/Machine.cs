using System.Reflection;
using System.Runtime.InteropServices;

namespace SensorApp.Benchmarks;

/// <summary>What a measurement was taken on.</summary>
internal sealed record Machine(string Cpu, int Processors, string System, string Runtime, string DuckDb, string Sylvan)
{
    public static Machine Here() => new(
        CpuName(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        VersionOf(typeof(DuckDB.NET.Data.DuckDBConnection)),
        VersionOf(typeof(global::Sylvan.Data.Csv.CsvDataReader)));

    private static string CpuName()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
    }

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}

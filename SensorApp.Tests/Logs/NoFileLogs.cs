using System.Runtime.CompilerServices;

namespace SensorApp.Tests.Logs;

/// <summary>Services that tests start, in this process or as its children, write no log files into the repository.</summary>
internal static class NoFileLogs
{
    [ModuleInitializer]
    internal static void TurnOff() => Environment.SetEnvironmentVariable("FileLog__Enabled", "false");
}

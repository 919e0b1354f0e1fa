using System.Runtime.CompilerServices;

namespace SensorApp.Tests;

/// <summary>
/// A folder of its own for the temporary files of this test run and of every process it starts, deleted when the run ends. A process that
/// a test kills cannot clear up: the .NET runtime leaves its diagnostic sockets and pipes, the SDK empty folders.
/// </summary>
internal static class TemporaryFiles
{
    [ModuleInitializer]
    internal static void Separate()
    {
        var folder = Directory.CreateTempSubdirectory("sensorapp-tests-").FullName;
        Environment.SetEnvironmentVariable(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Thrown from here, it would end the run with a crash in place of the tests' outcome.
            Console.Error.WriteLine($"Temporary files are left: {failure.Message}");
        }
    }
}

using System.Diagnostics;

namespace SensorApp.Tests.Processing;

/// <summary>Runs the tests of readers and tables once more in a process that may not use vector instructions, or no wide ones.</summary>
public sealed class WithoutVectorsTests
{
    internal const string AllVectors = "DOTNET_EnableHWIntrinsic";
    internal const string WideVectors = "DOTNET_EnableAVX";

    [Theory]
    [InlineData(AllVectors)]
    [InlineData(WideVectors)]
    public async Task Read_WithFewerVectorInstructions_AgreesWithTheOracle(string turnedOff)
    {
        var assembly = typeof(ReadersTests).Assembly.Location;
        Type[] tests = [typeof(ReadersTests), typeof(RowValidatorTests), typeof(SensorTableTests), typeof(QuantileSketchTests)];
        var start = new ProcessStartInfo(Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? "exe" : null), [.. tests.SelectMany(test => new[] { "-class", test.FullName! }), "-noColor"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(assembly),
        };
        start.Environment[turnedOff] = "0";

        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0, output);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }
}

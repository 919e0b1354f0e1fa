using System.Diagnostics;

namespace SensorApp.Tests.Processing;

/// <summary>Runs the readers' tests once more in a process that may not use vector instructions, or no wide ones.</summary>
public sealed class WithoutVectorsTests
{
    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_EnableAVX")]
    public async Task Read_WithoutHardwareIntrinsics_AgreesWithTheOracle(string enabled)
    {
        var assembly = typeof(ReadersTests).Assembly.Location;
        var start = new ProcessStartInfo(Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? "exe" : null), ["-class", typeof(ReadersTests).FullName!, "-class", typeof(RowValidatorTests).FullName!, "-noColor"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(assembly),
        };
        start.Environment[enabled] = "0";

        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0, output);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }
}

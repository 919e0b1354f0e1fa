using System.Diagnostics;

namespace SensorApp.Tests.Mocks.Clients;

/// <summary>A command line tool that is installed, or not.</summary>
internal static class CommandLineClient
{
    /// <summary>Skips the test where the tool is missing; <c>REQUIRE_AWS_CLIENTS=1</c> turns the skip into a failure.</summary>
    public static void Require(string tool)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

        if (!found && Environment.GetEnvironmentVariable("REQUIRE_AWS_CLIENTS") == "1")
            Assert.Fail($"{tool} is not installed, and REQUIRE_AWS_CLIENTS asks for it.");

        Assert.SkipUnless(found, $"{tool} is not installed; install it to run this test, for example with apt-get.");
    }

    /// <summary>Runs the tool against a server and expects success.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public static async Task<string> RunAsync(MocksServer server, string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = MocksServer.AccessKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = MocksServer.SecretKey;
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_ENDPOINT_URL"] = server.Address.ToString();
        // Where it is set, rclone reads nothing else and fails.
        start.Environment.Remove("AWS_CA_BUNDLE");
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{tool} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{tool} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }
}

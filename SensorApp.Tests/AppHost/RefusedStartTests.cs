using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SensorApp.Tests.AppHost;

public sealed class RefusedStartTests
{
    [Fact]
    public async Task Start_PortTaken_SaysWhichAndWhatToDo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var appHost = AppHostProcess.Start(("PORT", port));

        var (exitCode, error) = await appHost.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal($"Port {port} for the API is taken. Stop what listens on it, or set PORT to another port (0 takes a free one).", error.Trim());
    }

    [Fact]
    public async Task Start_DataFolderNotWritable_SaysWhichAndWhatToDo()
    {
        var file = Path.GetTempFileName();
        await using var appHost = AppHostProcess.Start(("MOCKS_DATA_DIR", Path.Combine(file, "below-a-file")));

        var (exitCode, error) = await appHost.EndAsync();
        File.Delete(file);

        Assert.Equal(1, exitCode);
        Assert.Contains("cannot write to " + file, error, StringComparison.Ordinal);
        Assert.Contains("set MOCKS_DATA_DIR to another one", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingNotAllowed_NamesSettingValueAndWhatIsAllowed()
    {
        await using var appHost = AppHostProcess.Start(("MAX_CONCURRENT_TASKS", "many"));

        var (exitCode, error) = await appHost.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal("MAX_CONCURRENT_TASKS is 'many', but must be a whole number from 1 to 1000.", error.Trim());
    }
}

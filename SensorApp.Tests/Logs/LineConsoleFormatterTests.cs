using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.Tests.Logs;

public sealed class LineConsoleFormatterTests
{
    private readonly LineConsoleFormatter _formatter = new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 20, 5, 9, 120, TimeSpan.Zero)));

    [Fact]
    public void Write_InFileScope_PutsTheFileIdOnTheLine()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var file = scopes.Push(new FileScope("0199aa"));
        using var inner = scopes.Push("something else");

        var line = Write("taken up", scopes);

        Assert.Equal("2026-11-23 20:05:09.120Z INF [0199aa] Work: taken up\n", line);
    }

    [Fact]
    public void Write_OutsideOfFiles_LeavesTheIdOut() =>
        Assert.Equal("2026-11-23 20:05:09.120Z INF Work: idle\n", Write("idle", new LoggerExternalScopeProvider()));

    private string Write(string message, IExternalScopeProvider scopes)
    {
        using var output = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Information, "Work", default, message, exception: null, (state, _) => state);
        _formatter.Write(in entry, scopes, output);
        return output.ToString();
    }
}

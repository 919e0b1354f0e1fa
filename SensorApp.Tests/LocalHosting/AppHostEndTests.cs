using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Aspire.Hosting.Orchestration;
using SensorApp.Tests.AppHost;

namespace SensorApp.Tests.LocalHosting;

/// <summary>However the AppHost ends, no service is left. The process table is read where Linux has it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AppHostEndTests
{
    /// <summary>No orphan after 5 s is promised; a machine that is busy testing gets more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sigkill_WhileServicesRun_EndsThemAll()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        await using var appHost = AppHostProcess.Start();
        await appHost.UntilPrintedAsync("Now listening on: http://localhost:");
        await appHost.UntilPrintedAsync("[mocks]");
        var services = ChildrenOf(appHost.Process.Id);

        appHost.Process.Kill();
        await Task.WhenAll(services.Select(service => service.WaitForExitAsync(Cancellation))).WaitAsync(Patience, Cancellation);

        Assert.NotEmpty(services);
        Assert.All(services, service => Assert.True(service.HasExited));
    }

    [Fact]
    public async Task Sigterm_WhileServicesRun_EndsThemAllAndSucceeds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        await using var appHost = AppHostProcess.Start();
        await appHost.UntilPrintedAsync("[mocks]");
        var services = ChildrenOf(appHost.Process.Id);

        Posix.Terminate(appHost.Process.Id);
        var (exitCode, _) = await appHost.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.NotEmpty(services);
        Assert.All(services, service => Assert.True(service.HasExited));
    }

    private static List<Process> ChildrenOf(int processId)
    {
        var children = new List<Process>();

        foreach (var process in Process.GetProcesses())
        {
            if (ParentOf(process.Id) == processId)
            {
                children.Add(process);
            }
            else
            {
                process.Dispose();
            }
        }

        return children;
    }

    /// <summary>The second field after the command's name, which stands in parentheses and may hold anything.</summary>
    private static int? ParentOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText(FormattableString.Invariant($"/proc/{processId}/stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Testing;

/// <summary>
/// The entry point of an AppHost, run inside a test on a thread of its own: held at <c>Build</c> until the test has seen
/// what was declared, and at <c>Run</c> until the test is over.
/// </summary>
internal sealed class EntryPoint(Assembly assembly, string[] args)
{
    private static readonly AsyncLocal<EntryPoint?> Running = new();

    private readonly TaskCompletionSource<DistributedApplicationBuilder> declared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The entry point that the caller runs in; null outside a test.</summary>
    public static EntryPoint? Current => Running.Value;

    public Assembly Assembly => assembly;

    /// <summary>Completes when the test is over.</summary>
    public Task Over => over.Task;

    /// <summary>What holds in tests unless the command line says otherwise: random ports, and the environment of the AppHost's launch profile.</summary>
    public ConfigurationManager Configuration(string appHostDirectory)
    {
        var profile = LaunchProfile.ReadDefault(appHostDirectory, preferred: null);
        var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["DcpPublisher:RandomizePorts"] = "true" };

        foreach (var (name, value) in profile?.EnvironmentVariables ?? [])
        {
            defaults[name] = value;
            defaults[name.Replace("DOTNET_", "", StringComparison.Ordinal)] = value;
        }

        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(defaults);
        return configuration;
    }

    /// <summary>Runs the entry point up to <c>Build</c>.</summary>
    public async Task<DistributedApplicationBuilder> DeclareAsync(CancellationToken cancellationToken)
    {
        _ = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await declared.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the entry point build.</summary>
    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        mayBuild.TrySetResult();
        return await built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Called by the entry point: holds it until the test builds.</summary>
    public void WaitForBuild(DistributedApplicationBuilder builder)
    {
        declared.TrySetResult(builder);
        mayBuild.Task.GetAwaiter().GetResult();
    }

    /// <summary>Called by the entry point: hands over what it built.</summary>
    public void Built(DistributedApplication application) => built.TrySetResult(application);

    /// <summary>Lets the entry point return.</summary>
    public void End()
    {
        mayBuild.TrySetCanceled();
        over.TrySetResult();
    }

    private void Run()
    {
        Running.Value = this;

        try
        {
            var main = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no entry point.");
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? [] : [args], null);
            Fail(new InvalidOperationException($"The entry point of {assembly.GetName().Name} returned without building an application."));
        }
        catch (Exception failure)
        {
            // To the test that waits; there is no other caller.
            Fail(failure);
        }
    }

    private void Fail(Exception failure)
    {
        declared.TrySetException(failure);
        built.TrySetException(failure);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.ServiceDefaults;

/// <summary>Runs a service, and turns what stops its start into one line a person can act on.</summary>
public static class ServiceStartup
{
    /// <summary>Builds and runs the application until it is asked to stop; with <c>--health</c> asks the one that runs for its health.</summary>
    /// <returns>The process exit code: 0 after an orderly stop or when healthy, 1 when a setting or the port is not usable or it is not healthy.</returns>
    public static async Task<int> RunAsync(ServiceIdentity identity, string[] args, Func<WebApplication> build)
    {
        try
        {
            if (HealthProbe.IsAskedFor(args))
            {
                return await HealthProbe.RunAsync(identity, args);
            }

            await using var app = build();
            await RunAsync(app);
            return 0;
        }
        catch (Exception failure) when (failure is InvalidSettingException or OptionsValidationException or IOException || IsUnreadableSetting(failure))
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    /// <summary>A stop may be asked for before everything has started; what was starting then breaks off.</summary>
    private static async Task RunAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;

        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // An orderly end like any other.
        }
    }

    /// <summary>A value in a section of the configuration is not even of its type; the message names the key, the value and the type.</summary>
    private static bool IsUnreadableSetting(Exception failure) =>
        failure is InvalidOperationException { InnerException: ArgumentException or FormatException or OverflowException, Source: "Microsoft.Extensions.Configuration.Binder" };
}

using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SensorApp.Api;
using SensorApp.ServiceDefaults;

namespace SensorApp.Chaos.Replicas;

/// <summary>Runs the API inside this program, with what only a test may change: <c>--clock-offset</c> or <c>--die-on-size</c>.</summary>
internal static class ReplicaHost
{
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => ServiceStartup.RunAsync(ServiceIdentity.Api, [], () =>
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults(ServiceIdentity.Api);
        builder.AddApi();
        Apply(arguments, builder.Services);
        return builder.Build().MapApi();
    });

    private static void Apply(IReadOnlyList<string> arguments, IServiceCollection services)
    {
        switch (arguments)
        {
            case ["--clock-offset", var offset]:
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new ShiftedTime(TimeSpan.Parse(offset, CultureInfo.InvariantCulture))));
                break;
            case ["--die-on-size", var size]:
                var bytes = long.Parse(size, CultureInfo.InvariantCulture);
                services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new LethalDownload(bytes)));
                break;
            default:
                throw new ArgumentException($"'{string.Join(' ', arguments)}' is not understood.", nameof(arguments));
        }
    }
}

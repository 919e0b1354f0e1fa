using System.Globalization;
using Microsoft.Extensions.Configuration;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.ServiceDefaults;

/// <summary>
/// The command line switch <c>--health</c>: asks the service that runs with the same settings for its health. Container
/// health checks use it, as the images hold no other client.
/// </summary>
internal static class HealthProbe
{
    private const string Switch = "--health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public static bool IsAskedFor(string[] args) => args.Contains(Switch);

    /// <returns>The process exit code: 0 healthy, 1 not healthy or not to be reached.</returns>
    /// <exception cref="InvalidSettingException">The port is not allowed.</exception>
    public static async Task<int> RunAsync(ServiceIdentity identity, string[] args)
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables().AddCommandLine([.. args.Where(argument => argument != Switch)]);
        DotEnvFile.AddTo(configuration, Directory.GetCurrentDirectory());
        using var client = new HttpClient { Timeout = Patience };

        try
        {
            using var answer = await client.GetAsync(new Uri(Address(identity, configuration), identity.HealthPath));
            await Console.Out.WriteLineAsync(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    /// <summary>Where the service listens, as seen from the same machine.</summary>
    internal static Uri Address(ServiceIdentity identity, IConfiguration configuration)
    {
        var urls = configuration["ASPNETCORE_URLS"] ?? configuration["urls"];

        if (string.IsNullOrEmpty(urls))
        {
            return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{identity.Port.Read(configuration)}"));
        }

        // "+" and "*" stand for every address and are none themselves.
        var first = urls.Split(';')[0].Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal);
        var address = new UriBuilder(first);

        if (address.Host is "0.0.0.0" or "[::]")
        {
            address.Host = "localhost";
        }

        return address.Uri;
    }
}

using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.AppHost;

/// <summary>Which settings each process gets from the AppHost, where a command line or a <c>.env</c> file may have set them.</summary>
internal static class PassedSettings
{
    public static IReadOnlyList<Setting> Mocks { get; } =
    [
        .. Common,
        KnownSettings.MocksAccessKeys,
    ];

    public static IReadOnlyList<Setting> Api { get; } =
    [
        .. Common,
        KnownSettings.UiPort, KnownSettings.AllowedOrigins, KnownSettings.ApiKeys,
        KnownSettings.MaxConcurrentTasks, KnownSettings.MaxUploadMb, KnownSettings.MaxUploadBufferMb, KnownSettings.MaxAggregationMb,
        KnownSettings.Cloud, KnownSettings.AwsEndpointUrl, KnownSettings.AwsRegion, KnownSettings.AwsAccessKeyId,
        KnownSettings.AwsSecretAccessKey, KnownSettings.BlobBucket, KnownSettings.MetadataTable,
    ];

    public static IReadOnlyList<Setting> Web { get; } =
    [
        .. Common,
        KnownSettings.UiPort, KnownSettings.AllowedOrigins, KnownSettings.ApiKeys, KnownSettings.MaxUploadMb,
    ];

    private static Setting[] Common =>
    [
        KnownSettings.MinimumLogLevel, KnownSettings.Debug, KnownSettings.AllowedHosts, KnownSettings.TrustedProxies,
    ];

    /// <summary>Settings whose values must not be written into a manifest.</summary>
    private static IReadOnlyList<Setting> Secret { get; } =
        [KnownSettings.ApiKeys, KnownSettings.AwsSecretAccessKey, KnownSettings.MocksAccessKeys];

    /// <summary>Passes on those of the settings that are configured, and the environment's name, which a process without launch profile would not have.</summary>
    public static IResourceBuilder<ProjectResource> WithSettings(
        this IResourceBuilder<ProjectResource> project, AppHostSettings settings, IReadOnlyList<Setting> passed)
    {
        project.WithEnvironment("ASPNETCORE_ENVIRONMENT", settings.EnvironmentName);

        foreach (var setting in passed.Where(settings.IsConfigured))
        {
            var text = settings.TextOf(setting);

            if (Secret.Contains(setting))
            {
                project.WithEnvironment(setting.Name, SecretParameter(project, setting, text));
            }
            else
            {
                project.WithEnvironment(setting.Name, text);
            }
        }

        foreach (var (name, value) in settings.Telemetry)
        {
            project.WithEnvironment(name, value);
        }

        return project;
    }

    /// <summary>One parameter for all processes that get the setting would have to be kept; each has its own name instead.</summary>
    private static IResourceBuilder<ParameterResource> SecretParameter(IResourceBuilder<ProjectResource> project, Setting setting, string? text)
    {
        var name = $"{project.Resource.Name}-{setting.Name}".ToLowerInvariant().Replace('_', '-');
        return project.ApplicationBuilder.AddParameter(name, text ?? "", secret: true);
    }
}

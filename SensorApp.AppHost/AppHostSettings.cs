using Microsoft.Extensions.Configuration;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.AppHost;

/// <summary>What is started, and where, as the settings say.</summary>
internal sealed class AppHostSettings
{
    private readonly IConfiguration configuration;

    private AppHostSettings(IDistributedApplicationBuilder builder)
    {
        configuration = builder.Configuration;
        EnvironmentName = builder.Environment.EnvironmentName;
        UsesMocks = KnownSettings.Cloud.Read(configuration) == "mocks";
        UsesWeb = KnownSettings.Ui.Read(configuration);
        ApiReplicas = KnownSettings.ApiReplicas.Read(configuration);
        ApiPort = PortOf(KnownSettings.Port);
        WebPort = PortOf(KnownSettings.UiPort);
        MocksPort = PortOf(KnownSettings.MocksPort);
        MocksDataDirectory = DataDirectory(Path.Combine(builder.AppHostDirectory, ".."), builder.ExecutionContext);
        ChecksNeeds = builder.ExecutionContext.IsRunMode && !IsTest;
    }

    public string EnvironmentName { get; }

    public bool UsesMocks { get; }

    public bool UsesWeb { get; }

    public int ApiReplicas { get; }

    /// <summary>Null takes a free port.</summary>
    public int? ApiPort { get; }

    /// <summary>Null takes a free port.</summary>
    public int? WebPort { get; }

    /// <summary>Null takes a free port.</summary>
    public int? MocksPort { get; }

    /// <summary>Full path of the stand-in cloud's data; null keeps it in memory, as tests do.</summary>
    public string? MocksDataDirectory { get; }

    /// <summary>Where a person pointed telemetry to, past the dashboard: all three variables, as the dashboard's must not be mixed in; else none.</summary>
    public IEnumerable<(string Name, string Value)> Telemetry => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 } endpoint
        ? []
        :
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "grpc"),
            ("OTEL_EXPORTER_OTLP_HEADERS", configuration["OTEL_EXPORTER_OTLP_HEADERS"] ?? ""),
        ];

    /// <summary>Ports are random in tests and nothing listens when a manifest is written.</summary>
    private bool ChecksNeeds { get; }

    /// <summary>Set by the testing builder, Aspire's and ours, unless a test decides otherwise.</summary>
    private bool IsTest => configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);

    /// <summary>Reads the settings, the lines of <c>.env</c> among them.</summary>
    /// <exception cref="InvalidSettingException">A setting of any process is not allowed: better said here than by a process that ends.</exception>
    public static AppHostSettings Read(IDistributedApplicationBuilder builder)
    {
        DotEnvFile.AddTo(builder.Configuration, Directory.GetCurrentDirectory());
        KnownSettings.Validate(builder.Configuration);
        Dashboard.Configure(builder.Configuration);
        return new AppHostSettings(builder);
    }

    public bool IsConfigured(Setting setting) => !string.IsNullOrWhiteSpace(configuration[setting.Name]);

    /// <summary>The text as configured; null when it is not.</summary>
    public string? TextOf(Setting setting) => IsConfigured(setting) ? configuration[setting.Name] : null;

    /// <summary>Makes sure that the ports are free and the data folder can be written, before anything is started.</summary>
    /// <exception cref="StartRefusedException">Says what is missing and what to do.</exception>
    public void CheckWhatIsNeeded()
    {
        if (!ChecksNeeds)
        {
            return;
        }

        Needs.FreePort(KnownSettings.Port, ApiPort, "the API");

        if (UsesWeb)
        {
            Needs.FreePort(KnownSettings.UiPort, WebPort, "the web UI");
        }

        if (UsesMocks)
        {
            Needs.FreePort(KnownSettings.MocksPort, MocksPort, "the stand-in cloud");
            Needs.WritableFolder(KnownSettings.MocksDataDirectory, MocksDataDirectory);
        }
    }

    private int? PortOf(Setting<int> setting) => setting.Read(configuration) is > 0 and var port ? port : null;

    /// <summary>Where the stand-in keeps its data; in memory in tests, and left open in a manifest, which is for other machines.</summary>
    private string? DataDirectory(string repository, DistributedApplicationExecutionContext context) =>
        TextOf(KnownSettings.MocksDataDirectory) is { } configured ? Path.GetFullPath(configured, Path.GetFullPath(repository))
        : IsTest || !context.IsRunMode ? null
        : Path.GetFullPath(Path.Combine(repository, "data", "mocks"));
}

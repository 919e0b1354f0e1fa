using System.Collections;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestration;

/// <summary>Puts together the environment of a service's process.</summary>
internal sealed class ServiceEnvironment(
    IHostEnvironment host,
    DistributedApplicationExecutionContext executionContext,
    DashboardAccess dashboard)
{
    public const string StartupHooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>What the AppHost has for itself.</summary>
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <summary>The AppHost's environment, overlaid with telemetry, the launch profile, the address and what was declared, in this order.</summary>
    public IReadOnlyDictionary<string, string> For(ProjectResource project, int replica, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, project, cancellationToken);
        AddTelemetry(context.EnvironmentVariables, project.Name);

        foreach (var (name, value) in project.LaunchProfile?.EnvironmentVariables ?? [])
        {
            context.EnvironmentVariables[name] = value;
        }

        AddAddress(context.EnvironmentVariables, project, replica);
        project.Environment.ForEach(declare => declare(context));

        var variables = Inherited();

        foreach (var (name, value) in context.EnvironmentVariables)
        {
            variables[name] = TextOf(value);
        }

        var otherHooks = variables.GetValueOrDefault(StartupHooks);
        var ownHook = typeof(StartupHook).Assembly.Location;
        variables[StartupHooks] = string.IsNullOrEmpty(otherHooks) ? ownHook : ownHook + Path.PathSeparator + otherHooks;
        return variables;
    }

    private void AddTelemetry(Dictionary<string, object> variables, string service)
    {
        if (dashboard.Address is { } address)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = address;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"{DashboardAccess.TelemetryKeyHeader}={dashboard.TelemetryKey}";
        }

        variables["OTEL_SERVICE_NAME"] = service;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.NewGuid().ToString("N")[..8]}";

        if (host.IsDevelopment())
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
        }
    }

    private static void AddAddress(Dictionary<string, object> variables, ProjectResource project, int replica)
    {
        var urls = project.Endpoints.Where(endpoint => endpoint.PortVariable is null).Select(endpoint => endpoint.UrlOf(replica)).ToList();

        if (urls.Count > 0)
        {
            variables["ASPNETCORE_URLS"] = string.Join(';', urls);
        }

        foreach (var endpoint in project.Endpoints.Where(endpoint => endpoint.PortVariable is not null))
        {
            variables[endpoint.PortVariable!] = FormattableString.Invariant($"{endpoint.PortOf(replica)}"); // filtered above
        }
    }

    private static Dictionary<string, string> Inherited()
    {
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            if (!NotInherited.Contains((string)entry.Key))
            {
                variables[(string)entry.Key] = (string?)entry.Value ?? "";
            }
        }

        return variables;
    }

    private static string TextOf(object value) => value switch
    {
        EndpointReference endpoint => endpoint.Url,
        ParameterResource parameter => parameter.Value,
        _ => FormattableString.Invariant($"{value}"),
    };
}

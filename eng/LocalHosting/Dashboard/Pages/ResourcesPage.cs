using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>Each resource with its state, health, addresses and restarts.</summary>
internal static class ResourcesPage
{
    public static Html Render(IEnumerable<ProjectResource> projects, ResourceNotificationService notifications) => Html.Of($"""
        <h1>Resources</h1>
        <table>
        <thead><tr><th>Name</th><th>State</th><th>Health</th><th>Addresses</th><th>Restarts</th><th></th></tr></thead>
        <tbody>{Html.Join(projects.Select(project => Row(project, notifications.Current(project.Name))))}</tbody>
        </table>
        """);

    private static Html Row(ProjectResource project, ResourceSnapshot snapshot) => Html.Of($"""
        <tr>
        <th scope="row">{project.Name}{(project.Replicas > 1 ? Html.Of($" <small>{project.Replicas} replicas</small>") : Html.Empty)}</th>
        <td><span class="badge {(snapshot.IsUnavailable ? "bad" : snapshot.State == ResourceStates.Running ? "good" : "warn")}">{snapshot.State}</span>{ExitCode(snapshot)}</td>
        <td><span class="badge {(snapshot.IsHealthy ? "good" : "bad")}">{(snapshot.IsHealthy ? "Healthy" : "Unhealthy")}</span> {(snapshot.IsHealthy ? "" : snapshot.HealthDetail)}</td>
        <td>{Html.Join(project.Endpoints.Where(endpoint => endpoint.IsAllocated).SelectMany(endpoint => endpoint.Urls).Select(Link))}</td>
        <td>{snapshot.Restarts}</td>
        <td class="actions"><a href="/console?resource={project.Name}">Console</a> <a href="/logs?service={project.Name}">Logs</a> {Restart(project, snapshot)}</td>
        </tr>
        """);

    private static Html ExitCode(ResourceSnapshot snapshot) =>
        snapshot is { IsUnavailable: true, ExitCode: { } exitCode } ? Html.Of($" exit code {exitCode}") : Html.Empty;

    private static Html Link(string url) => Html.Of($"<a href=\"{url}\" rel=\"noreferrer\">{url}</a> ");

    private static Html Restart(ProjectResource project, ResourceSnapshot snapshot) =>
        snapshot.CanBeRestarted ? Html.Of($"<form method=\"post\" action=\"/restart?resource={project.Name}\"><button>Restart</button></form>") : Html.Empty;
}

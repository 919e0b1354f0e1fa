using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>What the processes of a resource printed last.</summary>
internal static class ConsolePage
{
    public static Html Render(ServiceOutput output, string? chosen)
    {
        var resources = output.Resources.Order(StringComparer.Ordinal).ToList();
        var shown = chosen is not null && resources.Contains(chosen) ? [chosen] : resources;

        return Html.Of($"""
            <h1>Console</h1>
            <form><label>Resource <select name="resource"><option value="">all</option>{Html.Join(resources.Select(resource => Option(resource, chosen)))}</select></label> <button>Show</button></form>
            {Html.Join(shown.Select(resource => Log(resource, output.LinesOf(resource))))}
            """);
    }

    private static Html Option(string resource, string? chosen) =>
        resource == chosen ? Html.Of($"<option selected>{resource}</option>") : Html.Of($"<option>{resource}</option>");

    private static Html Log(string resource, IEnumerable<string> lines) =>
        Html.Of($"<h2>{resource}</h2><pre class=\"console\" tabindex=\"0\">{string.Join('\n', lines)}</pre>");
}

using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>What the processes of a resource printed last.</summary>
internal static class ConsolePage
{
    /// <summary>With all resources on one page; a single one is shown with all that is kept.</summary>
    private const int MaxLinesOfEach = 200;

    public static Html Render(ServiceOutput output, string? chosen)
    {
        var resources = output.Resources.Order(StringComparer.Ordinal).ToList();
        // A resource with replicas has a console for each: api-0, api-1.
        var shown = resources.Where(resource => resource == chosen || (chosen is { Length: > 0 } && resource.StartsWith(chosen + "-", StringComparison.Ordinal))).ToList();
        var limit = shown.Count == 1 ? int.MaxValue : MaxLinesOfEach;

        return Html.Of($"""
            <h1>Console</h1>
            <form><label>Resource <select name="resource"><option value="">all</option>{Html.Join(resources.Select(resource => Layout.Option(resource, resource, resource == chosen)))}</select></label> <button>Show</button></form>
            {(resources.Count == 0 ? Layout.Nothing("Nothing was printed yet.") : Html.Empty)}
            {Html.Join((shown.Count == 0 ? resources : shown).Select(resource => Log(resource, output.LinesOf(resource), limit)))}
            """);
    }

    private static Html Log(string resource, IReadOnlyList<string> lines, int limit) => Html.Of($"""
        <h2>{resource}</h2>
        <div class="console" tabindex="0" role="log" aria-label="{resource}">{Html.Join(lines.Skip(lines.Count - Math.Min(lines.Count, limit)).Select(Line))}</div>
        """);

    /// <summary>Our services write the level behind the time; of others, nothing is known.</summary>
    private static Html Line(string line) =>
        line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains(" CRT ", StringComparison.Ordinal) ? Html.Of($"<div class=\"bad\">{line}</div>")
        : line.Contains(" WRN ", StringComparison.Ordinal) ? Html.Of($"<div class=\"warn\">{line}</div>")
        : Html.Of($"<div>{line}</div>");
}

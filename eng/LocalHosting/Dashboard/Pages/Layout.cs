namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>What surrounds every page. The part within <c>main</c> is fetched anew while the page is open.</summary>
internal static class Layout
{
    private static readonly (string Path, string Title)[] Tabs =
        [("/", "Resources"), ("/console", "Console"), ("/logs", "Structured logs"), ("/traces", "Traces"), ("/metrics", "Metrics")];

    public static Html Page(string path, string title, Html content) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} · SensorApp dashboard</title>
        <link rel="icon" href="/dashboard.svg">
        <link rel="stylesheet" href="/dashboard.css">
        <script src="/dashboard.js" defer></script>
        </head>
        <body>
        <header><strong>SensorApp</strong><nav>{Html.Join(Tabs.Select(tab => Tab(tab, path)))}</nav><span id="away" role="status"></span></header>
        <main>{content}</main>
        </body>
        </html>
        """);

    /// <summary>Says that there is nothing yet, and where it will come from.</summary>
    public static Html Nothing(string explanation) => Html.Of($"<p class=\"nothing\">{explanation}</p>");

    /// <summary>The time of day; the dashboard shows the last minutes.</summary>
    public static Html Time(DateTimeOffset time) => Html.Of($"<time datetime=\"{time:O}\">{time:HH:mm:ss.fff}</time>");

    /// <summary>A choice in a select box.</summary>
    public static Html Option(string value, string name, bool isChosen) =>
        isChosen ? Html.Of($"<option value=\"{value}\" selected>{name}</option>") : Html.Of($"<option value=\"{value}\">{name}</option>");

    /// <summary>A trace also belongs to the list of traces.</summary>
    private static Html Tab((string Path, string Title) tab, string current) => current == tab.Path || (tab.Path != "/" && current.StartsWith(tab.Path, StringComparison.Ordinal))
        ? Html.Of($"<a href=\"{tab.Path}\" aria-current=\"page\">{tab.Title}</a>")
        : Html.Of($"<a href=\"{tab.Path}\">{tab.Title}</a>");
}

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
        <link rel="stylesheet" href="/dashboard.css">
        <script src="/dashboard.js" defer></script>
        </head>
        <body>
        <header><strong>SensorApp</strong><nav>{Html.Join(Tabs.Select(tab => Tab(tab, path)))}</nav></header>
        <main>{content}</main>
        </body>
        </html>
        """);

    /// <summary>Says that there is nothing yet, and where it will come from.</summary>
    public static Html Nothing(string explanation) => Html.Of($"<p class=\"nothing\">{explanation}</p>");

    /// <summary>The time of day; the dashboard shows the last minutes.</summary>
    public static Html Time(DateTimeOffset time) => Html.Of($"<time datetime=\"{time:O}\">{time:HH:mm:ss.fff}</time>");

    public static string Duration(TimeSpan duration) => duration.TotalMilliseconds switch
    {
        < 1 => FormattableString.Invariant($"{duration.TotalMicroseconds:0} µs"),
        < 1000 => FormattableString.Invariant($"{duration.TotalMilliseconds:0.0} ms"),
        _ => FormattableString.Invariant($"{duration.TotalSeconds:0.00} s"),
    };

    private static Html Tab((string Path, string Title) tab, string current) =>
        current == tab.Path ? Html.Of($"<a href=\"{tab.Path}\" aria-current=\"page\">{tab.Title}</a>") : Html.Of($"<a href=\"{tab.Path}\">{tab.Title}</a>");
}

using Aspire.Hosting.Dashboard.Telemetry;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>Names and values, one line each.</summary>
internal static class AttributeList
{
    public static Html Render(IEnumerable<TelemetryAttribute> attributes) =>
        Html.Of($"<dl>{Html.Join(attributes.Select(attribute => Html.Of($"<dt>{attribute.Name}</dt><dd>{attribute.Value}</dd>")))}</dl>");
}

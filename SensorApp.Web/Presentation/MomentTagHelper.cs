using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SensorApp.Web.Presentation;

/// <summary>A point in time in UTC; a script shows it in the viewer's zone and keeps UTC as the tooltip.</summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MomentTagHelper : TagHelper
{
    /// <summary>Null shows a dash.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>True where minutes will do, as in tables.</summary>
    public bool Brief { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;

        if (At is not { } time)
        {
            output.TagName = "span";
            output.Content.SetContent("–");
            return;
        }

        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", Shown.Machine(time));
        output.Attributes.SetAttribute("title", Shown.Utc(time));

        if (Brief)
        {
            output.Attributes.SetAttribute("data-brief", "");
        }

        output.Content.SetContent(Brief ? Shown.BriefUtc(time) : Shown.Utc(time));
    }
}

using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SensorApp.Web.Presentation;

/// <summary>A sentence of the API: what it puts between backticks, names and values of the file, is set as code.</summary>
[HtmlTargetElement("prose", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ProseTagHelper : TagHelper
{
    private const char Backtick = '`';

    public string Text { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.TagMode = TagMode.StartTagAndEndTag;

        foreach (var (text, isCode) in Parts(Text))
        {
            output.Content.AppendHtml(isCode ? "<code>" : "").Append(text).AppendHtml(isCode ? "</code>" : "");
        }
    }

    /// <summary>A backtick without its partner stays text.</summary>
    private static IEnumerable<(string Text, bool IsCode)> Parts(string text)
    {
        var start = 0;

        while (text.IndexOf(Backtick, start) is >= 0 and var open && text.IndexOf(Backtick, open + 1) is >= 0 and var close)
        {
            yield return (text[start..open], false);
            yield return (text[(open + 1)..close], true);
            start = close + 1;
        }

        yield return (text[start..], false);
    }
}

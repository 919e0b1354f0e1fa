using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Aspire.Hosting.Dashboard.Pages;

/// <summary>Text that is safe to send as HTML: whatever is put into it as text was encoded.</summary>
internal readonly record struct Html(string Markup)
{
    public static Html Empty { get; } = new("");

    /// <summary>Makes markup of an interpolated string: holes are encoded unless they are markup themselves.</summary>
    public static Html Of(HtmlInterpolation markup) => new(markup.ToString());

    /// <summary>One piece of markup after the other.</summary>
    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));

    public override string ToString() => Markup;
}

/// <summary>Builds <see cref="Html"/>; numbers are written the invariant way, as they also end up in SVG and CSS.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string value) => text.Append(value);

    public void AppendFormatted(Html value) => text.Append(value.Markup);

    public void AppendFormatted(string? value) => text.Append(HtmlEncoder.Default.Encode(value ?? ""));

    public void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}

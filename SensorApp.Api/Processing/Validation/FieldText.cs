using System.Buffers;

namespace SensorApp.Api.Processing.Validation;

/// <summary>What counts as blank inside a field or a line: blanks and tabs, nothing else.</summary>
internal static class FieldText
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t"u8);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field) => field.Trim(" \t"u8);

    /// <summary>Whether a line (without its line break) is to be skipped.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(Blanks);
}

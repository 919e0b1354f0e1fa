using System.Text;

using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing;

/// <summary>Describes invalid rows for people.</summary>
internal static class RejectionDetails
{
    private const char Ellipsis = '…';

    // Four bytes are the longest character, so this many bytes always hold what is kept.
    private const int RawBytes = Rejection.RawLimit * 4;

    /// <param name="batch">Where the row lies.</param>
    /// <param name="row">The row.</param>
    /// <param name="firstLine">Number in the file of the chunk's first line.</param>
    /// <param name="format">Names the column.</param>
    public static Rejection Describe(RowBatch batch, in RejectedRow row, long firstLine, FileFormat format) =>
        new(firstLine + row.Place.Line, format.NameOf(row.Role), row.Fault.Code(), Shorten(batch.Chunk!.Padded.AsSpan(row.Place.Start, row.Place.End - row.Place.Start)));

    private static string Shorten(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, RawBytes)]);
        if (text.Length <= Rejection.RawLimit && raw.Length <= RawBytes)
            return text;
        var kept = Rejection.RawLimit - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept), [Ellipsis]);
    }
}

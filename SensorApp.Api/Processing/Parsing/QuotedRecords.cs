using System.Text;

using Sylvan.Data.Csv;

using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Reads well-formed records with Sylvan.Data.Csv.</summary>
/// <remarks>
/// Sylvan reads characters. Each byte is shown to it as the character of the same number, so that nothing is decoded, whatever the
/// encoding, and fields come back as the very bytes. Carriage returns that are not part of a line break, which Sylvan would take
/// for one, are shown as a character that no byte has.
/// </remarks>
internal static class QuotedRecords
{
    private const char NoComments = '\uFFFF';
    private const int SmallestBuffer = 32 * 1024;

    /// <summary>A reader over records of a chunk, in order.</summary>
    public static CsvDataReader Open(byte[] padded, IReadOnlyList<RecordSpan> records, byte delimiter) =>
        CsvDataReader.Create(new RecordText(padded, records), new char[BufferFor(records)], Options(delimiter));

    /// <summary>Writes a field's bytes; returns their number.</summary>
    public static int CopyField(CsvDataReader reader, int column, Span<byte> destination)
    {
        var field = reader.GetFieldSpan(column);
        var written = Encoding.Latin1.GetBytes(field, destination);
        if (field.Contains(RecordText.LoneCarriageReturn))
            for (var i = 0; i < field.Length; i++)
                if (field[i] == RecordText.LoneCarriageReturn)
                    destination[i] = (byte)'\r';
        return written;
    }

    /// <summary>The fields of one well-formed record in valid UTF-8.</summary>
    public static string[] Split(ReadOnlySpan<byte> record, byte delimiter)
    {
        var padded = new byte[record.Length];
        record.CopyTo(padded);
        using var reader = Open(padded, [new RecordSpan(0, record.Length, record.Length, RecordState.WellFormed)], delimiter);
        reader.Read();
        var fields = new string[reader.RowFieldCount];
        for (var column = 0; column < fields.Length; column++)
        {
            var length = CopyField(reader, column, padded);
            fields[column] = Encoding.UTF8.GetString(padded, 0, length);
        }

        return fields;
    }

    // A buffer of one's own never grows, so it must hold the longest record, twice for good measure.
    private static int BufferFor(IReadOnlyList<RecordSpan> records)
    {
        var longest = 0;
        foreach (var record in records)
            longest = Math.Max(longest, record.Next - record.Start);
        return Math.Max(SmallestBuffer, longest * 2);
    }

    private static CsvDataReaderOptions Options(byte delimiter) => new() { HasHeaders = false, Delimiter = (char)delimiter, Comment = NoComments };

    /// <summary>The text of the records, each with a line break of its own.</summary>
    private sealed class RecordText(byte[] padded, IReadOnlyList<RecordSpan> records) : TextReader
    {
        public const char LoneCarriageReturn = '\u0100';

        private int _record;
        private int _offset;

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            var written = 0;
            while (_record < records.Count && written < buffer.Length)
            {
                var record = records[_record];
                var rest = padded.AsSpan(record.Start + _offset, record.End - record.Start - _offset);
                if (rest.IsEmpty)
                {
                    buffer[written++] = '\n';
                    (_record, _offset) = (_record + 1, 0);
                    continue;
                }

                var count = Math.Min(rest.Length, buffer.Length - written);
                Widen(rest[..count], buffer.Slice(written, count));
                written += count;
                _offset += count;
            }

            return written;
        }

        private static void Widen(ReadOnlySpan<byte> bytes, Span<char> characters)
        {
            Encoding.Latin1.GetChars(bytes, characters);
            for (var at = characters.IndexOf('\r'); at >= 0;)
            {
                characters[at] = LoneCarriageReturn;
                var next = characters[(at + 1)..].IndexOf('\r');
                at = next < 0 ? -1 : at + 1 + next;
            }
        }
    }
}

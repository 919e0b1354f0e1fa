using System.Text.Unicode;

using Sylvan.Data.Csv;

using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Splits any chunk into rows: quoted fields, bad quotes, bad encoding, records that are too long. Sylvan.Data.Csv reads what is well-formed.</summary>
internal sealed class GeneralParser(FileFormat format)
{
    private readonly int _sensor = format.SensorColumn;
    private readonly int _timestamp = format.TimestampColumn;
    private readonly int _value = format.ValueColumn;

    public void Parse(RowBatch batch)
    {
        ReadRecords(batch);
        batch.RowsRead = batch.RowCount + batch.Rejected.Count;
    }

    private void ReadRecords(RowBatch batch)
    {
        var padded = batch.Chunk!.Padded;
        var records = new List<RecordSpan>();
        var lines = new List<int>();
        Scan(batch, records, lines);
        if (records.Count == 0)
            return;

        var fields = batch.UseUnquotedFields(batch.Chunk.Length);
        var used = Chunk.Padding;
        using var reader = QuotedRecords.Open(padded, records, format.Delimiter);
        for (var i = 0; i < records.Count; i++)
        {
            if (!reader.Read())
                throw new InvalidOperationException($"Sylvan read {i} records where {records.Count} were found.");
            if (reader.RowFieldCount == format.Columns.Count)
                AppendRow(batch, reader, PlaceOf(records[i], lines[i]), fields, ref used);
            else
                batch.Rejected.Add(new RejectedRow(PlaceOf(records[i], lines[i]), Fault.FieldCount, Role.None));
        }
    }

    /// <summary>Sorts the chunk's records into those that can be read and those that cannot, and counts lines.</summary>
    private void Scan(RowBatch batch, List<RecordSpan> records, List<int> lines)
    {
        var text = batch.Chunk!.Text;
        var allValid = Utf8.IsValid(text);
        var line = 0;
        for (var at = 0; at < text.Length;)
        {
            var record = RecordScanner.Next(text, at, format.Delimiter, isLast: true);
            var content = text[record.Start..record.End];
            if (record.State == RecordState.TooLong || !FieldText.IsBlank(content))
            {
                var placed = record with { Start = record.Start + Chunk.Padding, End = record.End + Chunk.Padding, Next = record.Next + Chunk.Padding };
                var fault = FaultOf(record.State, content, allValid);
                if (fault != Fault.None)
                {
                    batch.Rejected.Add(new RejectedRow(PlaceOf(placed, line), fault, Role.None));
                }
                else
                {
                    records.Add(placed);
                    lines.Add(line);
                }
            }

            line += LinesIn(text[at..record.Next]);
            at = record.Next;
        }

        batch.Lines = line;
    }

    private static Fault FaultOf(RecordState state, ReadOnlySpan<byte> content, bool allValid)
    {
        if (!allValid && !Utf8.IsValid(content))
            return Fault.EncodingInvalid;
        return state switch
        {
            RecordState.TooLong => Fault.RecordTooLong,
            RecordState.QuoteInvalid => Fault.QuoteInvalid,
            _ => Fault.None,
        };
    }

    private static int LinesIn(ReadOnlySpan<byte> record) => record[^1] == '\n' ? record.Count((byte)'\n') : record.Count((byte)'\n') + 1;

    private static RowPlace PlaceOf(in RecordSpan record, int line) => new(record.Start, record.End, line);

    private void AppendRow(RowBatch batch, CsvDataReader reader, RowPlace place, byte[] fields, ref int used)
    {
        var sensor = Copy(reader, _sensor, fields, ref used);
        var timestamp = Copy(reader, _timestamp, fields, ref used);
        batch.Grid.Append(place, sensor, timestamp, Copy(reader, _value, fields, ref used));
    }

    private static FieldSpan Copy(CsvDataReader reader, int column, byte[] fields, ref int used)
    {
        var field = new FieldSpan(used, QuotedRecords.CopyField(reader, column, fields.AsSpan(used)));
        used += field.Length;
        return field;
    }
}

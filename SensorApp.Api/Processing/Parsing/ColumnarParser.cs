using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Splits chunks without quotes and in valid UTF-8: every delimiter ends a field and every line feed a row.</summary>
internal sealed class ColumnarParser(FileFormat format)
{
    private readonly int _fields = format.Columns.Count;
    private readonly byte _delimiter = format.Delimiter;
    private readonly int _sensor = format.SensorColumn;
    private readonly int _timestamp = format.TimestampColumn;
    private readonly int _value = format.ValueColumn;

    public void Parse(RowBatch batch)
    {
        var end = batch.Chunk!.EndWithLineFeed();
        var padded = batch.Chunk.Padded;
        var separators = batch.Separators.Find(padded, Chunk.Padding, end, _delimiter);
        var line = 0;
        for (var at = 1; at < separators.Length; line++)
            at = IsRow(padded, separators, at) ? AppendRow(batch, separators, at, line) : RejectRow(batch, separators, at, line);
        batch.Lines = line;
        batch.RowsRead = batch.RowCount + batch.Rejected.Count;
    }

    /// <summary>Whether the next line feed ends a row of the right number of fields.</summary>
    private bool IsRow(byte[] padded, ReadOnlySpan<int> separators, int at)
    {
        var last = at + _fields - 1;
        if (last >= separators.Length || padded[separators[last]] != '\n')
            return false;
        for (var i = at; i < last; i++)
            if (padded[separators[i]] == '\n')
                return false;
        return true;
    }

    private int AppendRow(RowBatch batch, ReadOnlySpan<int> separators, int at, int line)
    {
        var padded = batch.Fields;
        var next = at + _fields;
        var start = separators[at - 1] + 1;
        var end = WithoutCarriageReturn(padded, start, separators[next - 1]);
        if (end - start > RecordScanner.MaxRecordBytes || (_delimiter == '\t' && padded[start] is (byte)'\t' or (byte)' '))
            if (Refuse(batch, start, end, line, Fault.None))
                return next;

        ref var row = ref batch.Append();
        row.Start = start;
        row.End = end;
        row.Line = line;
        row.Sensor = FieldAt(separators, at + _sensor, end);
        row.Timestamp = FieldAt(separators, at + _timestamp, end);
        row.Value = FieldAt(separators, at + _value, end);
        return next;
    }

    // The last field ends before a carriage return, where its separator is not.
    private static FieldSpan FieldAt(ReadOnlySpan<int> separators, int at, int rowEnd)
    {
        var start = separators[at - 1] + 1;
        return new FieldSpan(start, Math.Min(separators[at], rowEnd) - start);
    }

    private static int RejectRow(RowBatch batch, ReadOnlySpan<int> separators, int at, int line)
    {
        var padded = batch.Fields;
        var last = at;
        while (padded[separators[last]] != '\n')
            last++;
        var start = separators[at - 1] + 1;
        Refuse(batch, start, WithoutCarriageReturn(padded, start, separators[last]), line, Fault.FieldCount);
        return last + 1;
    }

    /// <summary>Skips a blank line, or rejects a row that is too long or has the fault given; false when there is nothing against it.</summary>
    private static bool Refuse(RowBatch batch, int start, int end, int line, Fault fault)
    {
        if (end - start > RecordScanner.MaxRecordBytes)
            fault = Fault.RecordTooLong;
        else if (FieldText.IsBlank(batch.Fields.AsSpan(start, end - start)))
            return true;
        if (fault != Fault.None)
            batch.Rejected.Add(new RejectedRow(line, start, end, fault, Role.None));
        return fault != Fault.None;
    }

    private static int WithoutCarriageReturn(byte[] padded, int start, int end) => end > start && padded[end - 1] == '\r' ? end - 1 : end;
}

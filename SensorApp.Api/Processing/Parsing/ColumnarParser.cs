using System.Text.Unicode;

using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Splits chunks in valid UTF-8 without quotes, or with plain ones only: every separator outside them ends a field or a row.</summary>
internal sealed class ColumnarParser(FileFormat format)
{
    private readonly int _fields = format.Columns.Count;
    private readonly byte _delimiter = format.Delimiter;
    private readonly int _sensor = format.SensorColumn;
    private readonly int _timestamp = format.TimestampColumn;
    private readonly int _value = format.ValueColumn;

    /// <summary>False, and the batch is as it was, where quoting is not plain or the text is not UTF-8.</summary>
    public bool TryParse(RowBatch batch)
    {
        var end = batch.Chunk!.EndWithLineFeed();
        var padded = batch.Chunk.Padded;
        var hasQuotes = batch.Chunk.HasQuotes;
        var index = new SeparatorIndex(ref batch.Grid.Separators);
        if (!index.TryFind(padded, end, _delimiter, hasQuotes) || !(index.HasGraphicTextOnly || Utf8.IsValid(batch.Chunk.Text)))
            return false;
        var separators = batch.Grid.Separators.AsSpan(0, index.Count);
        var lineFeeds = index.LineFeeds;
        if (IsRegular(padded, separators, lineFeeds))
            batch.Grid.UseSeparators(lineFeeds, format, !index.HasGraphicTextOnly && HasCarriageReturns(padded, separators));
        else
            ListRows(batch, separators);
        (batch.Grid.HasQuotes, batch.Grid.HasGraphicTextOnly) = (hasQuotes, index.HasGraphicTextOnly);
        batch.Lines = lineFeeds;
        batch.RowsRead = batch.RowCount + batch.Rejected.Count;
        return true;
    }

    /// <summary>
    /// Whether every line is a row of the right number of fields: as many line feeds as there must be, and all in the right places.
    /// Not so where a line of tabs is a blank one, or a record may be too long.
    /// </summary>
    private bool IsRegular(byte[] padded, ReadOnlySpan<int> separators, int lineFeeds)
    {
        if (separators.Length - 1 != (long)lineFeeds * _fields || _delimiter == '\t' || separators[^1] - separators[0] > RecordScanner.MaxRecordBytes)
            return false;
        for (var at = _fields; at < separators.Length; at += _fields)
            if (padded[separators[at]] != '\n')
                return false;
        return true;
    }

    private bool HasCarriageReturns(byte[] padded, ReadOnlySpan<int> separators)
    {
        for (var at = _fields; at < separators.Length; at += _fields)
            if (padded[separators[at] - 1] == '\r')
                return true;
        return false;
    }

    private void ListRows(RowBatch batch, ReadOnlySpan<int> separators)
    {
        var line = 0;
        for (var at = 1; at < separators.Length; line++)
            at = IsRow(batch.Fields, separators, at) ? ListRow(batch, separators, at, line) : RejectRow(batch, separators, at, line);
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

    private int ListRow(RowBatch batch, ReadOnlySpan<int> separators, int at, int line)
    {
        var next = at + _fields;
        var start = separators[at - 1] + 1;
        var place = new RowPlace(start, WithoutCarriageReturn(batch.Fields, start, separators[next - 1]), line);
        if (!IsRefused(batch, place, Fault.None))
            batch.Grid.Append(place, FieldAt(separators, at + _sensor, place), FieldAt(separators, at + _timestamp, place), FieldAt(separators, at + _value, place));
        return next;
    }

    // The last field ends before a carriage return, where its separator is not.
    private static FieldSpan FieldAt(ReadOnlySpan<int> separators, int at, RowPlace row)
    {
        var start = separators[at - 1] + 1;
        return new FieldSpan(start, Math.Min(separators[at], row.End) - start);
    }

    private static int RejectRow(RowBatch batch, ReadOnlySpan<int> separators, int at, int line)
    {
        var padded = batch.Fields;
        var last = at;
        while (padded[separators[last]] != '\n')
            last++;
        var start = separators[at - 1] + 1;
        _ = IsRefused(batch, new RowPlace(start, WithoutCarriageReturn(padded, start, separators[last]), line), Fault.FieldCount);
        return last + 1;
    }

    /// <summary>Skips a blank line, or rejects a row that is too long or has the fault given; false when there is nothing against it.</summary>
    private static bool IsRefused(RowBatch batch, RowPlace place, Fault fault)
    {
        var length = place.End - place.Start;
        if (length > RecordScanner.MaxRecordBytes)
            fault = Fault.RecordTooLong;
        else if (FieldText.IsBlank(batch.Fields.AsSpan(place.Start, length)))
            return true;
        if (fault != Fault.None)
            batch.Rejected.Add(new RejectedRow(place, fault, Role.None));
        return fault != Fault.None;
    }

    private static int WithoutCarriageReturn(byte[] padded, int start, int end) => end > start && padded[end - 1] == '\r' ? end - 1 : end;
}

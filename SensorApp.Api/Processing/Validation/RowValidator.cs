using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Validation;

/// <summary>Turns rows into readings, column by column.</summary>
internal sealed class RowValidator(TimeZoneInfo zone)
{
    private const int BlockRows = 512;

    private readonly TimestampReader _timestamps = new(zone);

    /// <summary>Sets the batch's ticks, values and faults, and adds the invalid rows to its rejected ones, which it sorts by line.</summary>
    /// <remarks>A loop a column accepts the usual forms; rows with anything else in any of them go through the full rules, one by one.</remarks>
    public void Validate(RowBatch batch)
    {
        batch.PrepareColumns();
        batch.Faults.AsSpan(0, batch.RowCount).Clear();
        var dates = DateCache.FirstDay;
        for (var start = 0; start < batch.RowCount; start += BlockRows)
            ValidateBlock(batch, start, Math.Min(BlockRows, batch.RowCount - start), ref dates);
        if (batch.Rejected.Count > 1)
            CollectionsMarshal.AsSpan(batch.Rejected).Sort(static (a, b) => a.Line.CompareTo(b.Line));
    }

    // A block of rows and its text stay in the first-level cache from loop to loop.
    private void ValidateBlock(RowBatch batch, int start, int count, ref DateCache dates)
    {
        Span<bool> unusual = stackalloc bool[BlockRows];
        unusual = unusual[..count];
        var rows = batch.Rows.AsSpan(start, count);
        ref var fields = ref MemoryMarshal.GetArrayDataReference(batch.Fields);
        ReadTimestamps(ref fields, rows, batch.Ticks.AsSpan(start, count), unusual, ref dates);
        ReadValues(ref fields, rows, batch.Values.AsSpan(start, count), unusual);
        CheckIds(ref fields, rows, unusual);
        for (var i = 0; i < unusual.Length; i++)
            if (unusual[i])
                Judge(batch, start + i);
    }

    private void ReadTimestamps(ref byte fields, ReadOnlySpan<Row> rows, Span<long> ticks, Span<bool> unusual, ref DateCache dates)
    {
        const int DateLength = 10;
        const int ShortestLength = 19;
        var noOffsetIsUtc = _timestamps.NoOffsetIsUtc;
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var field = ref rows[i].Timestamp;
            ref var text = ref Unsafe.Add(ref fields, field.Start);
            var midnight = 0L;
            unusual[i] = field.Length < ShortestLength
                || !dates.TryRead(ref text, out midnight)
                || Unsafe.Add(ref text, DateLength) is not ((byte)'T' or (byte)' ')
                || !FastFields.TryReadTime(ref Unsafe.Add(ref text, DateLength + 1), field.Length - DateLength - 1, noOffsetIsUtc, out ticks[i]);
            ticks[i] += midnight;
        }
    }

    private static void ReadValues(ref byte fields, ReadOnlySpan<Row> rows, Span<double> values, Span<bool> unusual)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var field = rows[i].Value;
            unusual[i] |= !FastFields.TryReadValue(ref Unsafe.Add(ref fields, field.Start), field.Length, out values[i]);
        }
    }

    private static void CheckIds(ref byte fields, ReadOnlySpan<Row> rows, Span<bool> unusual)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var field = rows[i].Sensor;
            unusual[i] |= !FastFields.IsPlainId(ref Unsafe.Add(ref fields, field.Start), field.Length);
        }
    }

    /// <summary>Applies every rule of a row in order. This is the rule; whatever is faster must agree with it.</summary>
    private void Judge(RowBatch batch, int index)
    {
        ref var row = ref batch.Rows[index];
        row.Sensor = Trim(batch, row.Sensor);
        var (fault, role) = (SensorIdText.Check(batch.Field(row.Sensor)), Role.Sensor);
        if (fault == Fault.None)
            (fault, role) = (_timestamps.Read(FieldText.Trim(batch.Field(row.Timestamp)), out batch.Ticks[index]), Role.Timestamp);
        if (fault == Fault.None)
            (fault, role) = (DecimalNumber.Read(FieldText.Trim(batch.Field(row.Value)), out batch.Values[index]), Role.Value);

        batch.Faults[index] = fault;
        if (fault != Fault.None)
            batch.Rejected.Add(new RejectedRow(row.Line, row.Start, row.End, fault, role));
    }

    private static FieldSpan Trim(RowBatch batch, FieldSpan field)
    {
        var text = batch.Field(field);
        var trimmed = FieldText.Trim(text);
        var skipped = text.Length - text.TrimStart(" \t"u8).Length;
        return new FieldSpan(field.Start + (trimmed.IsEmpty ? 0 : skipped), trimmed.Length);
    }
}

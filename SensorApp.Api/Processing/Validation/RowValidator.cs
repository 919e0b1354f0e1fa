using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Validation;

/// <summary>Turns rows into readings, column by column.</summary>
internal sealed class RowValidator(TimeZoneInfo zone)
{
    private readonly TimestampReader _timestamps = new(zone);

    /// <summary>Sets the batch's ticks, values and faults, and adds the invalid rows to its rejected ones, which it sorts by line.</summary>
    public void Validate(RowBatch batch)
    {
        batch.PrepareColumns();
        for (var i = 0; i < batch.RowCount; i++)
            Judge(batch, i);
        if (batch.Rejected.Count > 1)
            CollectionsMarshal.AsSpan(batch.Rejected).Sort(static (a, b) => a.Line.CompareTo(b.Line));
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

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
        var dates = DateCache.FirstDay;
        for (var start = 0; start < batch.RowCount; start += BlockRows)
            ValidateBlock(batch, start, Math.Min(BlockRows, batch.RowCount - start), ref dates);
        if (batch.Rejected.Count > 1)
            CollectionsMarshal.AsSpan(batch.Rejected).Sort(static (a, b) => a.Place.Line.CompareTo(b.Place.Line));
    }

    // A block of rows and its text stay in the first-level cache from loop to loop.
    private void ValidateBlock(RowBatch batch, int start, int count, ref DateCache dates)
    {
        Span<bool> unusual = stackalloc bool[BlockRows];
        unusual = unusual[..count];
        if (batch.Grid.IsBare)
            ReadBlock<BareFields>(batch, start, unusual, ref dates);
        else
            ReadBlock<WrappedFields>(batch, start, unusual, ref dates);
        for (var at = unusual.IndexOf(true); at >= 0 && at < unusual.Length; at = NextUnusual(unusual, at + 1))
            Judge(batch, start + at);
    }

    private void ReadBlock<TFields>(RowBatch batch, int start, Span<bool> unusual, ref DateCache dates) where TFields : struct, IFieldForm
    {
        ReadTimestamps(new FieldColumn<TFields>(batch, Role.Timestamp, start), batch.Ticks.AsSpan(start, unusual.Length), unusual, ref dates);
        ReadValues(new FieldColumn<TFields>(batch, Role.Value, start), batch.Values.AsSpan(start, unusual.Length), unusual);
        var ids = new FieldColumn<TFields>(batch, Role.Sensor, start);
        if (batch.Grid.HasGraphicTextOnly)
            ListIds(ids, batch.SensorIds.AsSpan(start, unusual.Length), unusual);
        else
            CheckIds(ids, batch.SensorIds.AsSpan(start, unusual.Length), unusual);
    }

    private static int NextUnusual(ReadOnlySpan<bool> unusual, int from)
    {
        var found = unusual[from..].IndexOf(true);
        return found < 0 ? -1 : from + found;
    }

    // Not inlined, like the loops below: each needs the processor's registers for itself.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadTimestamps<TFields>(FieldColumn<TFields> column, Span<long> ticks, Span<bool> unusual, ref DateCache dates) where TFields : struct, IFieldForm
    {
        const int DateLength = 10;
        const int ShortestLength = 19;
        var noOffsetIsUtc = _timestamps.NoOffsetIsUtc;
        for (var i = 0; i < ticks.Length; i++)
        {
            ref var text = ref column.Next(out var length);
            if (length >= ShortestLength && dates.TryRead(ref text, out var midnight) && Unsafe.Add(ref text, DateLength) is (byte)'T' or (byte)' ')
            {
                var time = FastFields.ReadTime(ref Unsafe.Add(ref text, DateLength + 1), length - DateLength - 1, noOffsetIsUtc);
                ticks[i] = midnight + time;
                unusual[i] = time < 0;
            }
            else
            {
                unusual[i] = true;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadValues<TFields>(FieldColumn<TFields> column, Span<double> values, Span<bool> unusual) where TFields : struct, IFieldForm
    {
        for (var i = 0; i < values.Length; i++)
        {
            ref var text = ref column.Next(out var length);
            var value = FastFields.ReadValue(ref text, length);
            values[i] = value;
            unusual[i] |= double.IsNaN(value);
        }
    }

    /// <summary>Takes ids that can only have the wrong length.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ListIds<TFields>(FieldColumn<TFields> column, Span<FieldSpan> ids, Span<bool> unusual) where TFields : struct, IFieldForm
    {
        for (var i = 0; i < ids.Length; i++)
        {
            _ = column.Next(out var length);
            ids[i] = new FieldSpan(column.LastStart, length);
            unusual[i] |= !FastFields.IsIdLength(length);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckIds<TFields>(FieldColumn<TFields> column, Span<FieldSpan> ids, Span<bool> unusual) where TFields : struct, IFieldForm
    {
        for (var i = 0; i < ids.Length; i++)
        {
            ref var text = ref column.Next(out var length);
            ids[i] = new FieldSpan(column.LastStart, length);
            unusual[i] |= !FastFields.IsPlainId(ref text, length);
        }
    }

    /// <summary>Applies every rule of a row in order. This is the rule; whatever is faster must agree with it.</summary>
    private void Judge(RowBatch batch, int row)
    {
        var sensor = batch.SensorIds[row] = Trim(batch, batch.FieldOf(row, Role.Sensor));
        var (fault, role) = (SensorIdText.Check(batch.Text(sensor)), Role.Sensor);
        if (fault == Fault.None)
            (fault, role) = (_timestamps.Read(Trimmed(batch, row, Role.Timestamp), out batch.Ticks[row]), Role.Timestamp);
        if (fault == Fault.None)
            (fault, role) = (DecimalNumber.Read(Trimmed(batch, row, Role.Value), out batch.Values[row]), Role.Value);

        batch.Faults[row] = fault;
        if (fault != Fault.None)
            batch.Rejected.Add(new RejectedRow(batch.PlaceOf(row), fault, role));
    }

    private static ReadOnlySpan<byte> Trimmed(RowBatch batch, int row, Role role) => FieldText.Trim(batch.Text(batch.FieldOf(row, role)));

    private static FieldSpan Trim(RowBatch batch, FieldSpan field)
    {
        var text = batch.Text(field);
        var trimmed = FieldText.Trim(text);
        var skipped = text.Length - text.TrimStart(" \t"u8).Length;
        return new FieldSpan(field.Start + (trimmed.IsEmpty ? 0 : skipped), trimmed.Length);
    }

    /// <summary>Walks down one field of each row. What form fields have is decided by the type: asking it of each field would cost as much as reading it.</summary>
    private ref struct FieldColumn<TFields>(RowBatch batch, Role role, int firstRow) where TFields : struct, IFieldForm
    {
        private readonly ref byte _fields = ref MemoryMarshal.GetArrayDataReference(batch.Fields);
        private readonly ref int _bounds = ref MemoryMarshal.GetArrayDataReference(batch.Grid.Bounds);
        private readonly int _stride = batch.Grid.Stride;
        private readonly bool _mayEndInCarriageReturn = batch.Grid.LastField == role;
        private readonly bool _mayBeQuoted = batch.Grid.HasQuotes;
        private int _at = (firstRow * batch.Grid.Stride) + batch.Grid.OffsetOf(role);

        public int LastStart { get; private set; }

        /// <summary>Start and length of the next row's field.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref byte Next(out int length)
        {
            ref var bounds = ref Unsafe.Add(ref _bounds, _at);
            LastStart = bounds + 1;
            length = Unsafe.Add(ref bounds, 1) - LastStart;
            _at += _stride;
            ref var text = ref Unsafe.Add(ref _fields, LastStart);
            if (TFields.AreBare)
                return ref text;
            if (_mayEndInCarriageReturn && length > 0 && Unsafe.Add(ref text, length - 1) == '\r')
                length--;
            if (!_mayBeQuoted || length == 0 || text != '"')
                return ref text;
            length -= 2;
            LastStart++;
            return ref Unsafe.Add(ref text, 1);
        }
    }

    private interface IFieldForm
    {
        /// <summary>Whether fields are just what is between their bounds.</summary>
        static abstract bool AreBare { get; }
    }

    private struct BareFields : IFieldForm
    {
        public static bool AreBare => true;
    }

    /// <summary>Fields that may stand in quotes or end with the carriage return of a line break.</summary>
    private struct WrappedFields : IFieldForm
    {
        public static bool AreBare => false;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Validation;

/// <summary>Turns rows into readings, column by column.</summary>
internal sealed class RowValidator(TimeZoneInfo zone)
{
    private const int BlockRows = 128;

    private const int TimeStart = 11;

    private readonly TimestampReader _timestamps = new(zone);

    /// <summary>Sets the batch's ids, ticks and values, and adds the invalid rows to its rejected ones, which it sorts by line.</summary>
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

    // A block of rows and its text stay in the nearest cache from loop to loop.
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
        // Room for two words a row, for times and then for values.
        Span<ulong> words = stackalloc ulong[BlockRows];
        Span<ulong> moreWords = stackalloc ulong[BlockRows];
        unusual.Clear();
        ReadTimestamps(new FieldColumn<TFields>(batch, Role.Timestamp, start), batch.Ticks.AsSpan(start, unusual.Length), unusual, words, moreWords, ref dates);
        ReadValues(new FieldColumn<TFields>(batch, Role.Value, start), batch.Values.AsSpan(start, unusual.Length), unusual, words, moreWords);
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
    private void ReadTimestamps<TFields>(FieldColumn<TFields> column, Span<long> ticks, Span<bool> unusual, Span<ulong> clocks, Span<ulong> fractions, ref DateCache dates)
        where TFields : struct, IFieldForm
    {
        var date = dates;
        var noOffsetIsUtc = _timestamps.NoOffsetIsUtc;
        for (var i = 0; i < ticks.Length; i++)
        {
            var field = column.At(i);
            ref var text = ref column.Text(field);
            if (!date.IsAt(ref text))
            {
                if (DateCache.TryRead(ref text, out var read))
                    date = read;
                else
                    unusual[i] = true;
            }

            ticks[i] = date.Midnight;
            if (!FastFields.TrySplitTime(ref Unsafe.Add(ref text, TimeStart), field.Length - TimeStart, noOffsetIsUtc, out clocks[i], out fractions[i]))
                unusual[i] = true;
        }

        dates = date;
        AddTimes(ticks, unusual, clocks, fractions);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTimes(Span<long> ticks, Span<bool> unusual, Span<ulong> clocks, Span<ulong> fractions)
    {
        var at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; at <= ticks.Length - WordQuads.Rows; at += WordQuads.Rows)
                for (var strange = WordQuads.AddTimes(ref clocks[at], ref fractions[at], ref ticks[at]); strange != 0; strange &= strange - 1)
                    unusual[at + BitOperations.TrailingZeroCount(strange)] = true;
        }

        for (; at < ticks.Length; at++)
        {
            var time = FastFields.ReadTime(clocks[at], (uint)fractions[at]);
            ticks[at] += time;
            unusual[at] |= time < 0;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadValues<TFields>(FieldColumn<TFields> column, Span<double> values, Span<bool> unusual, Span<ulong> words, Span<ulong> signs)
        where TFields : struct, IFieldForm
    {
        var at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var field = column.At(i);
                words[i] = FastFields.WordOfValue(ref column.Text(field), field.Length, out signs[i]);
            }

            for (; at <= values.Length - WordQuads.Rows; at += WordQuads.Rows)
                if (WordQuads.ReadValues(ref words[at], ref signs[at], ref values[at]) != 0)
                    ReadValues(column, at, values.Slice(at, WordQuads.Rows), unusual.Slice(at, WordQuads.Rows));
        }

        ReadValues(column, at, values[at..], unusual[at..]);
    }

    /// <summary>Reads them one by one, in any of the usual forms.</summary>
    private static void ReadValues<TFields>(FieldColumn<TFields> column, int first, Span<double> values, Span<bool> unusual) where TFields : struct, IFieldForm
    {
        for (var i = 0; i < values.Length; i++)
        {
            var field = column.At(first + i);
            values[i] = FastFields.ReadValue(ref column.Text(field), field.Length);
            unusual[i] |= double.IsNaN(values[i]);
        }
    }

    /// <summary>Takes ids that can only have the wrong length.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ListIds<TFields>(FieldColumn<TFields> column, Span<FieldSpan> ids, Span<bool> unusual) where TFields : struct, IFieldForm
    {
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = column.At(i);
            unusual[i] |= !FastFields.IsIdLength(ids[i].Length);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckIds<TFields>(FieldColumn<TFields> column, Span<FieldSpan> ids, Span<bool> unusual) where TFields : struct, IFieldForm
    {
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = column.At(i);
            unusual[i] |= !FastFields.IsPlainId(ref column.Text(ids[i]), ids[i].Length);
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

        if (fault == Fault.None)
            return;
        batch.SensorIds[row] = default;
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

    /// <summary>One field of each row. What form fields have is decided by the type: asking it of each field would cost as much as reading it.</summary>
    private readonly ref struct FieldColumn<TFields>(RowBatch batch, Role role, int firstRow) where TFields : struct, IFieldForm
    {
        private readonly ref byte _fields = ref MemoryMarshal.GetArrayDataReference(batch.Fields);
        private readonly ref int _bounds = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(batch.Grid.Bounds), (firstRow * batch.Grid.Stride) + batch.Grid.OffsetOf(role));
        private readonly int _stride = batch.Grid.Stride;
        private readonly bool _mayEndInCarriageReturn = batch.Grid.LastField == role;
        private readonly bool _mayBeQuoted = batch.Grid.HasQuotes;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref byte Text(FieldSpan field) => ref Unsafe.Add(ref _fields, field.Start);

        /// <summary>The field of a row, counted from the first.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public FieldSpan At(int row)
        {
            ref var bounds = ref Unsafe.Add(ref _bounds, row * _stride);
            var field = new FieldSpan(bounds + 1, Unsafe.Add(ref bounds, 1) - bounds - 1);
            return TFields.AreBare ? field : Unwrap(field);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private FieldSpan Unwrap(FieldSpan field)
        {
            var (start, length) = (field.Start, field.Length);
            if (_mayEndInCarriageReturn && length > 0 && Unsafe.Add(ref _fields, start + length - 1) == '\r')
                length--;
            return _mayBeQuoted && length > 0 && Unsafe.Add(ref _fields, start) == '"' ? new FieldSpan(start + 1, length - 2) : new FieldSpan(start, length);
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

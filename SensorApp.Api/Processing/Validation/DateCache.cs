using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SensorApp.Api.Processing.Validation;

/// <summary>The date read last: most rows have the date of the row before.</summary>
internal struct DateCache
{
    private const int Length = 10;

    private ulong _head;
    private ushort _tail;
    private long _midnight;

    /// <summary>A cache that holds the first day of the calendar.</summary>
    public static DateCache FirstDay
    {
        get
        {
            var cache = default(DateCache);
            ref var text = ref MemoryMarshal.GetReference("0001-01-01"u8);
            (cache._head, cache._tail) = (Words.Read(ref text, 0), Tail(ref text));
            return cache;
        }
    }

    /// <summary>Reads the date at the start of the text to the ticks of its midnight. Ten bytes must be readable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(ref byte text, out long midnight)
    {
        midnight = _midnight;
        return (Words.Read(ref text, 0) == _head && Tail(ref text) == _tail) || TryReadNew(ref text, out midnight);
    }

    private bool TryReadNew(ref byte text, out long midnight)
    {
        if (!TimestampReader.TryReadDate(MemoryMarshal.CreateReadOnlySpan(ref text, Length), out midnight))
            return false;
        (_head, _tail, _midnight) = (Words.Read(ref text, 0), Tail(ref text), midnight);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Tail(ref byte text) => Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref text, sizeof(ulong)));
}

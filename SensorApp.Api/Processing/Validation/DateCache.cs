using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SensorApp.Api.Processing.Validation;

/// <summary>The date read last, with what stands between it and the time: most rows have those of the row before.</summary>
internal readonly struct DateCache
{
    private const int Length = 10;
    private const uint TailBytes = 0x00FF_FFFF;

    private readonly ulong _head;
    private readonly uint _tail;

    private DateCache(ref byte text, long midnight) => (_head, _tail, Midnight) = (Words.Read(ref text, 0), Tail(ref text), midnight);

    /// <summary>Ticks of the date's midnight.</summary>
    public long Midnight { get; }

    /// <summary>A cache that holds the first day of the calendar.</summary>
    public static DateCache FirstDay => new(ref MemoryMarshal.GetReference("0001-01-01T0"u8), midnight: 0);

    /// <summary>Whether the text begins with this date. Twelve bytes must be readable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(ref byte text) => Words.Read(ref text, 0) == _head && Tail(ref text) == _tail;

    /// <summary>Reads the date at the start of the text; false when there is none, or something else behind it than "T" or a blank. Twelve bytes must be readable.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryRead(ref byte text, out DateCache date)
    {
        date = default;
        if (Unsafe.Add(ref text, Length) is not ((byte)'T' or (byte)' ') || !TimestampReader.TryReadDate(MemoryMarshal.CreateReadOnlySpan(ref text, Length), out var midnight))
            return false;
        date = new DateCache(ref text, midnight);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Tail(ref byte text) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, sizeof(ulong))) & (BitConverter.IsLittleEndian ? TailBytes : ~0xFFU);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The earliest and the latest time of a run, in UTC ticks.</summary>
internal readonly record struct RunTimes(long First, long Last)
{
    public static RunTimes Of(ReadOnlySpan<long> ticks)
    {
        var (first, last) = (ticks[0], ticks[0]);
        var at = 1;
        if (Vector256.IsHardwareAccelerated && ticks.Length >= 2 * Vector256<long>.Count)
            at = OfVectors(ticks, ref first, ref last);
        for (; at < ticks.Length; at++)
        {
            first = Math.Min(first, ticks[at]);
            last = Math.Max(last, ticks[at]);
        }

        return new RunTimes(first, last);
    }

    /// <summary>Returns how many of the ticks it has looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OfVectors(ReadOnlySpan<long> ticks, ref long first, ref long last)
    {
        ref var start = ref MemoryMarshal.GetReference(ticks);
        var lowest = Vector256.LoadUnsafe(ref start);
        var highest = lowest;
        var at = Vector256<long>.Count;
        for (; at <= ticks.Length - Vector256<long>.Count; at += Vector256<long>.Count)
        {
            var next = Vector256.LoadUnsafe(ref start, (nuint)at);
            lowest = Vector256.Min(lowest, next);
            highest = Vector256.Max(highest, next);
        }

        var low = Vector128.Min(lowest.GetLower(), lowest.GetUpper());
        var high = Vector128.Max(highest.GetLower(), highest.GetUpper());
        first = Math.Min(low.ToScalar(), low.GetElement(1));
        last = Math.Max(high.ToScalar(), high.GetElement(1));
        return at;
    }
}

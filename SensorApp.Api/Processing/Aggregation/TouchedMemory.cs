using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>For reads that only bring memory near.</summary>
internal static class TouchedMemory
{
    /// <summary>Takes what was read: the compiler leaves out reads whose values nobody takes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Use(long read) => _ = read;
}

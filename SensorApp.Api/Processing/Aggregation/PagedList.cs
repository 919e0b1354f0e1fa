using System.Numerics;
using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>A growing list of structs that never copies what it holds: it grows by pages, and references to its items stay good.</summary>
internal sealed class PagedList<T> where T : struct
{
    // From this size on the garbage collector does not move what lives on.
    private const int LargeObjectBytes = 85_000;

    private static readonly int PageBits = BitOperations.Log2((uint)(LargeObjectBytes / Unsafe.SizeOf<T>())) + 1;
    private static readonly int PageLength = 1 << PageBits;

    private readonly List<T[]> _pages = [];

    public int Count { get; private set; }

    public long Bytes => (long)_pages.Count * PageLength * Unsafe.SizeOf<T>();

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pages[index >> PageBits][index & (PageLength - 1)];
    }

    /// <summary>Makes room for one more; it holds what the last user left there.</summary>
    public ref T Append()
    {
        if (Count == _pages.Count * PageLength)
            _pages.Add(GC.AllocateUninitializedArray<T>(PageLength));
        return ref this[Count++];
    }

    /// <summary>Forgets all items and keeps one page.</summary>
    public void Clear()
    {
        if (_pages.Count > 1)
            _pages.RemoveRange(1, _pages.Count - 1);
        Count = 0;
    }
}

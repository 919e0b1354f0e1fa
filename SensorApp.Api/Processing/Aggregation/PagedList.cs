using System.Numerics;
using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>A list of structs that grows by pages, so that it does not copy all it holds. References to items are good until it grows.</summary>
/// <remarks>The first page begins short, because most tables have few sensors, and is copied once.</remarks>
internal sealed class PagedList<T> where T : struct
{
    // From this size on the garbage collector does not copy what lives on from generation to generation.
    private const int LargeObjectBytes = 85_000;

    private static readonly int PageBits = BitOperations.Log2((uint)(LargeObjectBytes / Unsafe.SizeOf<T>())) + 1;
    private static readonly int PageLength = 1 << PageBits;
    private static readonly int ShortLength = Math.Min(PageLength, 1024);

    private readonly List<T[]> _pages = [];
    private int _capacity;

    public int Count { get; private set; }

    public long Bytes => (long)_capacity * Unsafe.SizeOf<T>();

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pages[index >> PageBits][index & (PageLength - 1)];
    }

    /// <summary>Makes room for one more; it holds what the last user left there.</summary>
    public ref T Append()
    {
        if (Count == _capacity)
            Grow();
        return ref this[Count++];
    }

    /// <summary>Forgets all items and keeps one page.</summary>
    public void Clear()
    {
        if (_pages.Count > 1)
            _pages.RemoveRange(1, _pages.Count - 1);
        _capacity = Math.Min(_capacity, PageLength);
        Count = 0;
    }

    private void Grow()
    {
        var page = GC.AllocateUninitializedArray<T>(_capacity == 0 ? ShortLength : PageLength);
        if (_capacity > 0 && _capacity < PageLength)
        {
            _pages[0].CopyTo(page, 0);
            (_pages[0], _capacity) = (page, page.Length);
            return;
        }

        _pages.Add(page);
        _capacity += page.Length;
    }
}

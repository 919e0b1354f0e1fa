using System.Buffers;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Blocks of 64-bit slots in powers of two, cut from pages, so that a million small sketches are a few hundred objects to the garbage collector.</summary>
/// <remarks>
/// Not thread-safe. Pages are rented: the next file, whichever it is, takes them without new memory having to be cleared and mapped. A handle is (page, offset).
/// Freed small blocks of each size are kept in a list threaded through their first slot. Large ones are halves of halves of a page, and united with the free
/// half beside them (a buddy allocator): the blocks of all sensors grow at much the same time, and what they leave behind would be of a size that none needs any more.
/// </remarks>
internal sealed class SlotPages
{
    private const int PageBits = 16;
    private const int PageSlots = 1 << PageBits;
    private const int LargeBits = 9;
    private const ulong None = ulong.MaxValue;

    private readonly List<ulong[]> _pages = [];
    private readonly ulong[] _free = new ulong[64];
    private readonly SortedSet<uint>[] _freeLarge = [.. Enumerable.Range(LargeBits, PageBits - LargeBits + 1).Select(_ => new SortedSet<uint>())];

    // The page that small blocks are cut from, and where the next one begins.
    private uint _current;
    private int _next;

    public SlotPages() => Clear();

    /// <summary>Memory taken, used or not.</summary>
    public long Bytes { get; private set; }

    /// <summary>The block's slots begin at the returned reference.</summary>
    public ref ulong First(uint handle) => ref _pages[(int)(handle >> PageBits)][handle & (PageSlots - 1)];

    public Span<ulong> Block(uint handle, int sizeBits) => _pages[(int)(handle >> PageBits)].AsSpan((int)(handle & (PageSlots - 1)), 1 << sizeBits);

    /// <summary>The same, to be kept until the block is freed or the pages are cleared: another file's numbers are there then.</summary>
    public ReadOnlyMemory<ulong> Slots(uint handle, int sizeBits) => _pages[(int)(handle >> PageBits)].AsMemory((int)(handle & (PageSlots - 1)), 1 << sizeBits);

    /// <summary>A block of 2^<paramref name="sizeBits"/> slots, which hold what the last user left there.</summary>
    public uint Allocate(int sizeBits)
    {
        if (IsLarge(sizeBits))
            return TakeLarge(sizeBits);
        return _free[sizeBits] != None ? TakeFree(sizeBits) : Cut(sizeBits);
    }

    /// <summary>A block of zeros.</summary>
    public uint AllocateZeroed(int sizeBits)
    {
        var handle = Allocate(sizeBits);
        Block(handle, sizeBits).Clear();
        return handle;
    }

    public void Free(uint handle, int sizeBits)
    {
        if (IsLarge(sizeBits))
        {
            FreeLarge(handle, sizeBits);
            return;
        }

        First(handle) = _free[sizeBits];
        _free[sizeBits] = handle;
    }

    /// <summary>Frees all blocks and gives the pages back.</summary>
    public void Clear()
    {
        Array.Fill(_free, None);
        foreach (var free in _freeLarge)
            free.Clear();
        foreach (var page in _pages)
            ArrayPool<ulong>.Shared.Return(page);
        _pages.Clear();
        (Bytes, _next) = (0, PageSlots);
    }

    // What is larger than a page has pages of its own, which nothing can be united with.
    private static bool IsLarge(int sizeBits) => sizeBits is >= LargeBits and <= PageBits;

    private SortedSet<uint> FreeLargeOf(int sizeBits) => _freeLarge[sizeBits - LargeBits];

    /// <summary>Takes the smallest free block that is large enough, or a page, and leaves the halves of it that are not needed.</summary>
    private uint TakeLarge(int sizeBits)
    {
        var found = sizeBits;
        while (found < PageBits && FreeLargeOf(found).Count == 0)
            found++;
        if (FreeLargeOf(found).Count == 0)
            FreeLargeOf(found).Add(AddPage(PageSlots));
        var handle = FreeLargeOf(found).Min;
        FreeLargeOf(found).Remove(handle);
        while (found > sizeBits)
        {
            found--;
            FreeLargeOf(found).Add(handle + (1U << found));
        }

        return handle;
    }

    private void FreeLarge(uint handle, int sizeBits)
    {
        while (sizeBits < PageBits && FreeLargeOf(sizeBits).Remove(handle ^ (1U << sizeBits)))
        {
            handle &= ~(1U << sizeBits);
            sizeBits++;
        }

        FreeLargeOf(sizeBits).Add(handle);
    }

    private uint TakeFree(int sizeBits)
    {
        var handle = (uint)_free[sizeBits];
        _free[sizeBits] = First(handle);
        return handle;
    }

    private uint Cut(int sizeBits)
    {
        var slots = 1 << sizeBits;
        if (slots > PageSlots)
            return AddPage(slots);
        if (_next + slots > PageSlots)
            (_current, _next) = (AddPage(PageSlots), 0);
        var handle = _current + (uint)_next;
        _next += slots;
        return handle;
    }

    private uint AddPage(int slots)
    {
        var page = ArrayPool<ulong>.Shared.Rent(slots);
        _pages.Add(page);
        Bytes += (long)page.Length * sizeof(ulong);
        return (uint)(_pages.Count - 1) << PageBits;
    }
}

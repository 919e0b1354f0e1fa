using System.Buffers;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Blocks of 64-bit slots in powers of two, cut from pages, so that a million small sketches are a few hundred objects to the garbage collector.</summary>
/// <remarks>Not thread-safe. Pages are rented: the next file, whichever it is, takes them without new memory having to be cleared and mapped. A handle is (page, offset); freed blocks of each size are kept in a list threaded through their first slot.</remarks>
internal sealed class SlotPages
{
    private const int PageBits = 16;
    private const int PageSlots = 1 << PageBits;
    private const ulong None = ulong.MaxValue;

    private readonly List<ulong[]> _pages = [];
    private readonly ulong[] _free = new ulong[64];
    private int _next;

    public SlotPages() => Clear();

    /// <summary>Memory taken, used or not.</summary>
    public long Bytes { get; private set; }

    /// <summary>The block's slots begin at the returned reference.</summary>
    public ref ulong First(uint handle) => ref _pages[(int)(handle >> PageBits)][handle & (PageSlots - 1)];

    public Span<ulong> Block(uint handle, int sizeBits) => _pages[(int)(handle >> PageBits)].AsSpan((int)(handle & (PageSlots - 1)), 1 << sizeBits);

    /// <summary>A block of 2^<paramref name="sizeBits"/> slots, which hold what the last user left there.</summary>
    public uint Allocate(int sizeBits) => _free[sizeBits] != None ? TakeFree(sizeBits) : Cut(sizeBits);

    /// <summary>A block of zeros.</summary>
    public uint AllocateZeroed(int sizeBits)
    {
        var handle = Allocate(sizeBits);
        Block(handle, sizeBits).Clear();
        return handle;
    }

    public void Free(uint handle, int sizeBits)
    {
        First(handle) = _free[sizeBits];
        _free[sizeBits] = handle;
    }

    /// <summary>Frees all blocks and gives the pages back.</summary>
    public void Clear()
    {
        Array.Fill(_free, None);
        foreach (var page in _pages)
            ArrayPool<ulong>.Shared.Return(page);
        _pages.Clear();
        (Bytes, _next) = (0, PageSlots);
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

        // A large block has a page of its own, which closes the one before it.
        if (_next + slots > PageSlots)
        {
            AddPage(PageSlots);
            _next = 0;
        }

        var handle = ((uint)(_pages.Count - 1) << PageBits) + (uint)_next;
        _next += slots;
        return handle;
    }

    private uint AddPage(int slots)
    {
        var page = ArrayPool<ulong>.Shared.Rent(slots);
        _pages.Add(page);
        Bytes += (long)page.Length * sizeof(ulong);
        _next = PageSlots;
        return (uint)(_pages.Count - 1) << PageBits;
    }
}

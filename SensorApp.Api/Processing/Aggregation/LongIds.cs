namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The bytes of the ids that are too long for a <see cref="SensorKey"/>, back to back in pages.</summary>
internal sealed class LongIds
{
    private const int PageBits = 16;
    private const int PageBytes = 1 << PageBits;

    private readonly List<byte[]> _pages = [];
    private int _next = PageBytes;

    public long Bytes => (long)_pages.Count * PageBytes;

    public ulong Add(ReadOnlySpan<byte> id)
    {
        if (_next + id.Length > PageBytes)
        {
            _pages.Add(new byte[PageBytes]);
            _next = 0;
        }

        id.CopyTo(_pages[^1].AsSpan(_next));
        var place = ((ulong)(_pages.Count - 1) << PageBits) + (ulong)_next;
        _next += id.Length;
        return place;
    }

    public ReadOnlySpan<byte> Get(ulong place, int length) => _pages[(int)(place >> PageBits)].AsSpan((int)(place & (PageBytes - 1)), length);

    public void Clear()
    {
        _pages.Clear();
        _next = PageBytes;
    }
}

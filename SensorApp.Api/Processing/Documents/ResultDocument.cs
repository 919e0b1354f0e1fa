using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace SensorApp.Api.Processing.Documents;

/// <summary>Reads a document that <see cref="ResultDocumentWriter"/> wrote, of this version of the format or the one before, by ranges: a sensor, a page or a series costs one or two reads. Thread-safe.</summary>
public sealed class ResultDocument
{
    private readonly IRangeReader _source;
    private readonly DocumentIndex _index;
    private readonly bool _hasDoubles;

    private ResultDocument(IRangeReader source, DocumentIndex index, bool hasDoubles) => (_source, _index, _hasDoubles) = (source, index, hasDoubles);

    public DocumentHeader Header => _index.Header;

    /// <summary>Rejections held in detail, at most <see cref="Rejection.DetailLimit"/>.</summary>
    public int RejectionCount => _index.Rejections.Sum(block => block.Count);

    /// <summary>Reads the index. The source must stay readable as long as the document is used; it stays the caller's.</summary>
    /// <exception cref="InvalidDataException">It is not a result document, or not a whole one.</exception>
    public static async Task<ResultDocument> OpenAsync(IRangeReader source, CancellationToken cancellationToken)
    {
        var trailer = new byte[DocumentIndex.TrailerLength];
        if (source.Length < trailer.Length)
            throw new InvalidDataException("The result document is cut off.");
        await source.ReadAsync(source.Length - trailer.Length, trailer, cancellationToken);
        var offset = BinaryPrimitives.ReadInt64LittleEndian(trailer);
        var length = source.Length - trailer.Length - offset;
        var mark = trailer.AsSpan(sizeof(long));
        var hasDoubles = mark.SequenceEqual(DocumentIndex.MarkOfDoubles);
        if ((!hasDoubles && !mark.SequenceEqual(DocumentIndex.Mark)) || offset < 0 || length < 0)
            throw new InvalidDataException("The result document does not end as one of this version or the one before does.");
        return new ResultDocument(source, DocumentIndex.FromBytes(await ReadAsync(source, offset, (int)length, cancellationToken)), hasDoubles);
    }

    /// <summary>The sensors behind <paramref name="afterId"/> (null: from the first), sorted by the UTF-8 bytes of their ids, without their series.</summary>
    /// <param name="afterId">The last id of the page before.</param>
    /// <param name="search">Only ids that contain this text, whatever its case; null: all. Costs reading all blocks behind the start.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<SensorStatistics> SensorsAsync(string? afterId, string? search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = afterId is null ? 0 : Math.Max(0, BlockOf(afterId)); i < _index.Sensors.Count; i++)
            foreach (var record in await RecordsAsync(_index.Sensors[i], cancellationToken))
            {
                var id = record.Statistics.SensorId;
                if ((afterId is null || CompareIds(id, afterId) > 0) && (search is null || id.Contains(search, StringComparison.OrdinalIgnoreCase)))
                    yield return record.Statistics;
            }
    }

    /// <summary>One sensor with its series, or null.</summary>
    public async Task<SensorStatistics?> SensorAsync(string id, CancellationToken cancellationToken)
    {
        var at = BlockOf(id);
        if (at < 0)
            return null;
        var block = _index.Sensors[at];
        var record = (await RecordsAsync(block, cancellationToken)).FirstOrDefault(record => record.Statistics.SensorId == id);
        return record is null ? null : record.Statistics with { Series = await SeriesAsync(block, record, cancellationToken) };
    }

    /// <summary>The rejections from number <paramref name="offset"/> (from 0) on, by line.</summary>
    public async IAsyncEnumerable<Rejection> RejectionsAsync(int offset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var block in _index.Rejections)
        {
            if (offset >= block.Count)
            {
                offset -= block.Count;
                continue;
            }

            foreach (var rejection in (await ReadAllAsync(block.Offset, block.Length, block.Count, DocumentCoding.ReadRejection, cancellationToken)).Skip(offset))
                yield return rejection;
            offset = 0;
        }
    }

    private Task<List<SensorRecord>> RecordsAsync(SensorBlock block, CancellationToken cancellationToken) =>
        ReadAllAsync(block.Offset, block.RecordsLength, block.Count, DocumentCoding.ReadSensor, cancellationToken);

    private async Task<IReadOnlyList<SeriesBucket>> SeriesAsync(SensorBlock block, SensorRecord record, CancellationToken cancellationToken) =>
        Header.Series is { } shape
            ? SeriesCoding.Read(await ReadAsync(_source, block.SeriesOffset + record.SeriesOffset, record.SeriesLength, cancellationToken), record.BucketCount, shape.Width, _hasDoubles)
            : [];

    private async Task<List<T>> ReadAllAsync<T>(long offset, int length, int count, Func<BinaryReader, T> read, CancellationToken cancellationToken)
    {
        using var reader = new BinaryReader(new MemoryStream(await ReadAsync(_source, offset, length, cancellationToken)), Encoding.UTF8);
        var items = new List<T>(count);
        for (var i = 0; i < count; i++)
            items.Add(read(reader));
        return items;
    }

    private static async Task<byte[]> ReadAsync(IRangeReader source, long offset, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        if (length > 0)
            await source.ReadAsync(offset, bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Number of the last block that begins at or before the id; -1 when all begin behind it.</summary>
    private int BlockOf(string id)
    {
        var (low, high) = (0, _index.Sensors.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (CompareIds(_index.Sensors[middle].FirstId, id) <= 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }

    // As UTF-8 bytes, which is the order of code points; UTF-16 would put some before others.
    private static int CompareIds(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace SensorApp.Api.Processing.Documents;

/// <summary>Writes a result as one document: sorted blocks of sensors and their series, blocks of rejections, and an index at the end.</summary>
public static class ResultDocumentWriter
{
    private const int RecordBytesPerBlock = 32 * 1024;
    private const int SeriesBytesPerBlock = 256 * 1024;
    // Ten sensors, or as many rejections.
    private const int UsualSectionBytes = 1024;
    // The series of nearly every small file fits.
    private const int SeriesBytesKept = 64 * SmallestSeriesBuffer;
    private const int SmallestSeriesBuffer = 1024;

    // New ones that double until the series fits were a quarter of what is allocated for a file of 1,000 rows.
    private static readonly ObjectPool<ArrayBufferWriter<byte>> SeriesBuffers = ObjectPool.Create(new SeriesBufferPolicy());

    /// <summary>Writes the document front to back, a block at a time, so memory does not grow with the result. The stream stays the caller's.</summary>
    public static async Task WriteAsync(FileResult result, Stream stream, CancellationToken cancellationToken)
    {
        var output = new Output(stream);
        await output.WriteAsync(DocumentIndex.Mark.ToArray(), cancellationToken);
        var sensors = await WriteSensorsAsync(result.Sensors, result.Series?.Width ?? TimeSpan.Zero, output, cancellationToken);
        var rejections = await WriteRejectionsAsync(result.Rejections, output, cancellationToken);
        var header = new DocumentHeader(
            result.TotalRows, result.ValidRows, result.InvalidRows, result.Sensors.Count, result.Error, result.Header, result.ErrorsByReason, result.Series);

        var indexOffset = output.Position;
        await output.WriteAsync(new DocumentIndex(header, sensors, rejections).ToBytes(), cancellationToken);
        var trailer = new byte[DocumentIndex.TrailerLength];
        BinaryPrimitives.WriteInt64LittleEndian(trailer, indexOffset);
        DocumentIndex.Mark.CopyTo(trailer.AsSpan(sizeof(long)));
        await output.WriteAsync(trailer, cancellationToken);
    }

    private static async Task<List<SensorBlock>> WriteSensorsAsync(
        IEnumerable<SensorStatistics> sensors, TimeSpan bucketWidth, Output output, CancellationToken cancellationToken)
    {
        var series = SeriesBuffers.Get();
        try
        {
            return await WriteSensorsAsync(sensors, bucketWidth, series, output, cancellationToken);
        }
        finally
        {
            SeriesBuffers.Return(series);
        }
    }

    private static async Task<List<SensorBlock>> WriteSensorsAsync(
        IEnumerable<SensorStatistics> sensors, TimeSpan bucketWidth, ArrayBufferWriter<byte> series, Output output, CancellationToken cancellationToken)
    {
        var blocks = new List<SensorBlock>();
        var records = new Section();
        string? firstId = null;
        foreach (var sensor in sensors)
        {
            firstId ??= sensor.SensorId;
            var seriesOffset = series.WrittenCount;
            SeriesCoding.Write(series, sensor.Series, bucketWidth);
            records.Writer.WriteSensor(sensor, seriesOffset, series.WrittenCount - seriesOffset);
            records.Count++;
            if (records.Length < RecordBytesPerBlock && series.WrittenCount < SeriesBytesPerBlock)
                continue;
            blocks.Add(await WriteBlockAsync(firstId, records, series, output, cancellationToken));
            firstId = null;
        }

        if (firstId is not null)
            blocks.Add(await WriteBlockAsync(firstId, records, series, output, cancellationToken));
        return blocks;
    }

    private static async Task<SensorBlock> WriteBlockAsync(
        string firstId, Section records, ArrayBufferWriter<byte> series, Output output, CancellationToken cancellationToken)
    {
        var block = new SensorBlock(firstId, output.Position, records.Length, records.Count);
        await output.WriteAsync(records.Take(), cancellationToken);
        await output.WriteAsync(series.WrittenMemory, cancellationToken);
        series.ResetWrittenCount();
        return block;
    }

    private static async Task<List<RejectionBlock>> WriteRejectionsAsync(IReadOnlyList<Rejection> rejections, Output output, CancellationToken cancellationToken)
    {
        if (rejections.Count == 0)
            return [];
        var blocks = new List<RejectionBlock>();
        var section = new Section();
        for (var i = 0; i < rejections.Count; i++)
        {
            section.Writer.WriteRejection(rejections[i]);
            section.Count++;
            if (section.Length < RecordBytesPerBlock && i + 1 < rejections.Count)
                continue;
            blocks.Add(new RejectionBlock(output.Position, section.Length, section.Count));
            await output.WriteAsync(section.Take(), cancellationToken);
        }

        return blocks;
    }

    private sealed class Output(Stream stream)
    {
        public long Position { get; private set; }

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(bytes, cancellationToken);
            Position += bytes.Length;
        }
    }

    /// <summary>A part of a block under way.</summary>
    private sealed class Section
    {
        private readonly MemoryStream _bytes = new(UsualSectionBytes);

        public Section() => Writer = new BinaryWriter(_bytes, Encoding.UTF8);

        public BinaryWriter Writer { get; }

        public int Count { get; set; }

        public int Length => (int)_bytes.Length;

        /// <summary>The bytes so far, valid until the next write; the section starts anew.</summary>
        public ReadOnlyMemory<byte> Take()
        {
            var taken = _bytes.GetBuffer().AsMemory(0, Length);
            _bytes.SetLength(0);
            Count = 0;
            return taken;
        }
    }

    private sealed class SeriesBufferPolicy : PooledObjectPolicy<ArrayBufferWriter<byte>>
    {
        // Doubled, it comes to what is kept.
        public override ArrayBufferWriter<byte> Create() => new(SmallestSeriesBuffer);

        public override bool Return(ArrayBufferWriter<byte> buffer)
        {
            buffer.ResetWrittenCount();
            return buffer.Capacity <= SeriesBytesKept;
        }
    }
}

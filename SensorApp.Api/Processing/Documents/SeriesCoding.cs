using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace SensorApp.Api.Processing.Documents;

/// <summary>
/// How the series of a sensor is written: bucket by bucket, steps of the file's width since the bucket before (the first: since
/// 0001-01-01 UTC), readings, and their minimum, average and maximum. Most buckets of a small file hold one reading, and are
/// written in ten bytes instead of forty: of such a file, the series is most of the result.
/// </summary>
internal static class SeriesCoding
{
    // Two integers of seven bits a byte, and three doubles.
    private const int LongestBucket = 10 + 10 + (3 * sizeof(double));
    private const int BucketsTogether = 16;

    /// <param name="output">Where to.</param>
    /// <param name="series">Ascending buckets; each begins at a whole multiple of <paramref name="width"/>.</param>
    /// <param name="width">The width of a bucket.</param>
    public static void Write(IBufferWriter<byte> output, IReadOnlyList<SeriesBucket> series, TimeSpan width)
    {
        var before = 0L;
        var count = series.Count;

        for (var i = 0; i < count;)
        {
            // Room is asked for, and told of, for some buckets at once: both are calls that cost as much as to write a bucket.
            var bytes = output.GetSpan(BucketsTogether * LongestBucket);
            var length = 0;

            for (var end = Math.Min(count, i + BucketsTogether); i < end; i++)
            {
                length += Write(bytes[length..], series[i], width.Ticks, ref before);
            }

            output.Advance(length);
        }
    }

    private static int Write(Span<byte> bytes, in SeriesBucket bucket, long width, ref long before)
    {
        var at = bucket.Start.UtcTicks / width;
        var length = WriteInteger(bytes, (ulong)(at - before));
        before = at;
        var isLevel = Bits(bucket.Minimum) == Bits(bucket.Average) && Bits(bucket.Average) == Bits(bucket.Maximum);
        length += WriteInteger(bytes[length..], ((ulong)bucket.Count << 1) | (isLevel ? 1UL : 0UL));
        length += WriteDouble(bytes[length..], bucket.Minimum);

        if (!isLevel)
        {
            length += WriteDouble(bytes[length..], bucket.Average);
            length += WriteDouble(bytes[length..], bucket.Maximum);
        }

        return length;
    }

    /// <param name="bytes">What was written of one sensor.</param>
    /// <param name="count">Its buckets.</param>
    /// <param name="width">As it was written with.</param>
    public static List<SeriesBucket> Read(byte[] bytes, int count, TimeSpan width)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var series = new List<SeriesBucket>(count);
        var at = 0L;

        for (var i = 0; i < count; i++)
        {
            at += reader.Read7BitEncodedInt64();
            var readings = reader.Read7BitEncodedInt64();
            var minimum = reader.ReadDouble();
            var (average, maximum) = (readings & 1) == 1 ? (minimum, minimum) : (reader.ReadDouble(), reader.ReadDouble());
            series.Add(new SeriesBucket(new DateTimeOffset(at * width.Ticks, TimeSpan.Zero), readings >> 1, minimum, average, maximum));
        }

        return series;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteInteger(Span<byte> bytes, ulong value)
    {
        var length = 0;

        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        return length;
    }

    private static int WriteDouble(Span<byte> bytes, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return sizeof(double);
    }

    // Zero and minus zero are equal, but not the same.
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}

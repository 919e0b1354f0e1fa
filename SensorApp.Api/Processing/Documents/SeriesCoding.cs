using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace SensorApp.Api.Processing.Documents;

/// <summary>
/// How the series of a sensor is written: bucket by bucket, steps of the file's width since the bucket before (the first: since
/// 0001-01-01 UTC), readings, and their minimum, average and maximum. Most buckets of a small file hold one reading of few decimal
/// places, and are written in some five bytes instead of forty: of such a file, the series is most of the result.
/// </summary>
/// <remarks>
/// The number of readings has the form of what follows in its lowest four bits: one says that all three are the same, which is then
/// written once; three are the <see cref="DecimalPlaces"/> of minimum and maximum, or that there are none. With them, a minimum is what
/// is added to the one before, and a maximum what is added to the minimum. An average seldom has few decimal places, and is a double.
/// </remarks>
internal static class SeriesCoding
{
    private const int FormBits = 4;
    private const ulong Level = 8;
    private const ulong PlacesMask = 7;
    private const ulong NoPlaces = 7;

    // Two integers of seven bits a byte, and two more and a double, which are longer than three doubles.
    private const int LongestBucket = (4 * 10) + sizeof(double);
    private const int BucketsTogether = 16;

    /// <param name="output">Where to.</param>
    /// <param name="series">Ascending buckets; each begins at a whole multiple of <paramref name="width"/>.</param>
    /// <param name="width">The width of a bucket.</param>
    public static void Write(IBufferWriter<byte> output, IReadOnlyList<SeriesBucket> series, TimeSpan width)
    {
        var before = 0L;
        var decimals = new DecimalPlaces();
        var count = series.Count;

        for (var i = 0; i < count;)
        {
            // Room is asked for, and told of, for some buckets at once: both are calls that cost as much as to write a bucket.
            var bytes = output.GetSpan(BucketsTogether * LongestBucket);
            var length = 0;

            for (var end = Math.Min(count, i + BucketsTogether); i < end; i++)
            {
                var bucket = series[i];
                var start = bucket.Start.UtcTicks;
                length += WriteInteger(bytes[length..], (ulong)((start - before) / width.Ticks));
                length += Write(bytes[length..], bucket, ref decimals);
                before = start;
            }

            output.Advance(length);
        }
    }

    private static int Write(Span<byte> bytes, in SeriesBucket bucket, ref DecimalPlaces decimals)
    {
        var isLevel = Bits(bucket.Minimum) == Bits(bucket.Average) && Bits(bucket.Average) == Bits(bucket.Maximum);
        var isDecimal = decimals.TryFind(bucket.Minimum, bucket.Maximum, out var minimum, out var maximum);
        var length = WriteInteger(bytes, ((ulong)bucket.Count << FormBits) | (isLevel ? Level : 0) | (isDecimal ? (ulong)decimals.Count : NoPlaces));
        length += isDecimal ? WriteInteger(bytes[length..], ZigZag(decimals.StepTo(minimum))) : WriteDouble(bytes[length..], bucket.Minimum);

        if (!isLevel)
        {
            length += WriteDouble(bytes[length..], bucket.Average);
            length += isDecimal ? WriteInteger(bytes[length..], (ulong)(maximum - minimum)) : WriteDouble(bytes[length..], bucket.Maximum);
        }

        return length;
    }

    /// <param name="bytes">What was written of one sensor.</param>
    /// <param name="count">Its buckets.</param>
    /// <param name="width">As it was written with.</param>
    /// <param name="hasDoubles">By the version before: the form of a bucket was one bit, and all numbers doubles.</param>
    public static List<SeriesBucket> Read(byte[] bytes, int count, TimeSpan width, bool hasDoubles)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var series = new List<SeriesBucket>(count);
        var start = 0L;
        var decimals = new DecimalPlaces();

        for (var i = 0; i < count; i++)
        {
            start += reader.Read7BitEncodedInt64() * width.Ticks;
            var at = new DateTimeOffset(start, TimeSpan.Zero);
            var form = (ulong)reader.Read7BitEncodedInt64();
            series.Add(hasDoubles
                ? ReadDoubles(reader, at, (long)(form >> 1), isLevel: (form & 1) != 0)
                : ReadBucket(reader, at, form, ref decimals));
        }

        return series;
    }

    private static SeriesBucket ReadBucket(BinaryReader reader, DateTimeOffset start, ulong form, ref DecimalPlaces decimals)
    {
        var (count, isLevel) = ((long)(form >> FormBits), (form & Level) != 0);

        if ((form & PlacesMask) == NoPlaces)
            return ReadDoubles(reader, start, count, isLevel);

        decimals.ChangeTo((int)(form & PlacesMask));
        var scaled = decimals.After(FromZigZag(reader.Read7BitEncodedInt64()));
        var minimum = decimals.ValueOf(scaled);
        return isLevel
            ? new SeriesBucket(start, count, minimum, minimum, minimum)
            : new SeriesBucket(start, count, minimum, reader.ReadDouble(), decimals.ValueOf(scaled + reader.Read7BitEncodedInt64()));
    }

    private static SeriesBucket ReadDoubles(BinaryReader reader, DateTimeOffset start, long count, bool isLevel)
    {
        var minimum = reader.ReadDouble();
        return isLevel ? new SeriesBucket(start, count, minimum, minimum, minimum) : new SeriesBucket(start, count, minimum, reader.ReadDouble(), reader.ReadDouble());
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

    // Small numbers of either sign become small ones without.
    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static long FromZigZag(long value) => (long)((ulong)value >> 1) ^ -(value & 1);

    // Zero and minus zero are equal, but not the same.
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}

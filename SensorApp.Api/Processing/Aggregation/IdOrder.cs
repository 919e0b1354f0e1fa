using System.Buffers.Binary;
using System.Numerics;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Puts the sensors of a table in the order of the UTF-8 bytes of their ids.</summary>
/// <remarks>The eight bytes behind what all ids begin with decide almost always. As numbers they sort much faster than as text, and very many of them faster by their digits than by comparing.</remarks>
internal static class IdOrder
{
    // Below this, comparing is faster than counting the values of all digits.
    private const int FewSensors = 16_384;

    private const int DigitBits = 16;
    private const int DigitValues = 1 << DigitBits;

    public static int[] Of(SensorTable table)
    {
        var sensors = new int[table.Count];
        var keys = new ulong[table.Count];
        var shared = SharedLength(table);
        Span<byte> buffer = stackalloc byte[SensorKey.InlineLength];
        Span<byte> key = stackalloc byte[sizeof(ulong)];
        for (var sensor = 0; sensor < sensors.Length; sensor++)
        {
            sensors[sensor] = sensor;
            var id = table.IdOf(sensor, buffer)[shared..];
            key.Clear();
            id[..Math.Min(id.Length, key.Length)].CopyTo(key);
            keys[sensor] = BinaryPrimitives.ReadUInt64BigEndian(key);
        }

        if (sensors.Length <= FewSensors)
            Array.Sort(keys, sensors);
        else
            SortByDigits(ref keys, ref sensors);
        SortEqualKeys(table, keys, sensors);
        return sensors;
    }

    /// <summary>How many bytes all ids begin with alike. That mostly shows in the first eight, which are compared as words.</summary>
    private static int SharedLength(SensorTable table)
    {
        var (differing, shortest) = (0UL, int.MaxValue);
        for (var sensor = 0; sensor < table.Count; sensor++)
        {
            var head = table.Index.HeadOf(sensor, out var length);
            differing |= head ^ table.Index.HeadOf(0, out _);
            shortest = Math.Min(shortest, length);
        }

        return differing == 0 ? SharedLengthByText(table) : Math.Min(BitOperations.TrailingZeroCount(differing) / 8, shortest);
    }

    private static int SharedLengthByText(SensorTable table)
    {
        Span<byte> firstBuffer = stackalloc byte[SensorKey.InlineLength];
        Span<byte> buffer = stackalloc byte[SensorKey.InlineLength];
        var shared = table.Count == 0 ? [] : table.IdOf(0, firstBuffer);
        for (var sensor = 1; sensor < table.Count; sensor++)
        {
            var id = table.IdOf(sensor, buffer);
            if (!id.StartsWith(shared))
                shared = shared[..id.CommonPrefixLength(shared)];
        }

        return shared.Length;
    }

    /// <summary>A radix sort from the last two bytes to the first. Those that are the same in all keys are passed over.</summary>
    private static void SortByDigits(ref ulong[] keys, ref int[] sensors)
    {
        var (sortedKeys, sortedSensors) = (new ulong[keys.Length], new int[sensors.Length]);
        var places = new int[DigitValues];
        for (var shift = 0; shift < sizeof(ulong) * 8; shift += DigitBits)
        {
            Array.Clear(places);
            foreach (var key in keys)
                places[(ushort)(key >> shift)]++;
            if (places[(ushort)(keys[0] >> shift)] == keys.Length)
                continue;

            var next = 0;
            foreach (ref var place in places.AsSpan())
                (place, next) = (next, next + place);
            for (var i = 0; i < keys.Length; i++)
            {
                var place = places[(ushort)(keys[i] >> shift)]++;
                (sortedKeys[place], sortedSensors[place]) = (keys[i], sensors[i]);
            }

            (keys, sortedKeys) = (sortedKeys, keys);
            (sensors, sortedSensors) = (sortedSensors, sensors);
        }
    }

    private static void SortEqualKeys(SensorTable table, ulong[] keys, int[] sensors)
    {
        for (var start = 0; start < sensors.Length;)
        {
            var end = start + 1;
            while (end < sensors.Length && keys[end] == keys[start])
                end++;
            if (end - start > 1)
                sensors.AsSpan(start, end - start).Sort((left, right) => CompareIds(table, left, right));
            start = end;
        }
    }

    private static int CompareIds(SensorTable table, int left, int right)
    {
        Span<byte> leftBuffer = stackalloc byte[SensorKey.InlineLength];
        Span<byte> rightBuffer = stackalloc byte[SensorKey.InlineLength];
        return table.IdOf(left, leftBuffer).SequenceCompareTo(table.IdOf(right, rightBuffer));
    }
}

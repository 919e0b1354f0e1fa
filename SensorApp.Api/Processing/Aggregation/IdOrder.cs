using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Puts the sensors of a table in the order of the UTF-8 bytes of their ids.</summary>
/// <remarks>
/// The eight bytes behind what all ids begin with decide almost always, and in few of their bits any two differ: those, moved together, leave room
/// for the sensor's number in the same word. Words sort much faster than text, and very many of them faster by their digits than by comparing.
/// </remarks>
internal static class IdOrder
{
    private const int NumberBits = SensorIndex.NumberBits;
    private const int NumberMask = (1 << NumberBits) - 1;
    private const int MostIdBits = (sizeof(ulong) * 8) - NumberBits;

    // Below this, comparing is faster than counting the values of all digits.
    private const int FewSensors = 16_384;

    // So that the digits' values are counted within the near caches.
    private const int DigitBits = MostIdBits / 3;

    public static int[] Of(SensorTable table)
    {
        if (table.Count == 0)
            return [];
        var shared = SharedLength(table);
        var words = WordsOf(table, shared, out var differing);

        // What does not fit is the end of the words; ids that differ there only are told apart in the end.
        while (BitOperations.PopCount(differing) > MostIdBits)
            differing &= differing - 1;
        for (var sensor = 0; sensor < words.Length; sensor++)
            words[sensor] = (Extract(words[sensor], differing) << NumberBits) | (uint)sensor;

        if (words.Length <= FewSensors)
            Array.Sort(words);
        else
            SortByDigits(ref words, BitOperations.PopCount(differing));
        SortAlike(table, shared, words);
        return Array.ConvertAll(words, SensorOf);
    }

    private static int SensorOf(ulong word) => (int)word & NumberMask;

    /// <summary>Of each id, the eight bytes behind what all share, the first highest, and the bits in which not all of them are the same.</summary>
    private static ulong[] WordsOf(SensorTable table, int shared, out ulong differing)
    {
        var words = new ulong[table.Count];
        differing = 0;
        for (var sensor = 0; sensor < words.Length; sensor++)
        {
            words[sensor] = table.Index.WordOf(sensor, shared);
            differing |= words[sensor] ^ words[0];
        }

        return words;
    }

    /// <summary>How many bytes all ids begin with alike. That mostly shows in the first eight, which are compared as words.</summary>
    private static int SharedLength(SensorTable table)
    {
        var (first, differing, shortest) = (table.Index.WordOf(0, 0), 0UL, int.MaxValue);
        for (var sensor = 0; sensor < table.Count; sensor++)
        {
            differing |= table.Index.WordOf(sensor, 0) ^ first;
            shortest = Math.Min(shortest, table.Index.LengthOf(sensor));
        }

        return differing == 0 ? SharedLengthByText(table) : Math.Min(BitOperations.LeadingZeroCount(differing) / 8, shortest);
    }

    private static int SharedLengthByText(SensorTable table)
    {
        Span<byte> firstBuffer = stackalloc byte[SensorKey.InlineLength];
        Span<byte> buffer = stackalloc byte[SensorKey.InlineLength];
        var shared = table.IdOf(0, firstBuffer);
        for (var sensor = 1; sensor < table.Count; sensor++)
        {
            var id = table.IdOf(sensor, buffer);
            if (!id.StartsWith(shared))
                shared = shared[..id.CommonPrefixLength(shared)];
        }

        return shared.Length;
    }

    /// <summary>The bits of a word that are set in a mask, moved together; their order stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Extract(ulong word, ulong mask) => Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitExtract(word, mask) : ExtractRuns(word, mask);

    private static ulong ExtractRuns(ulong word, ulong mask)
    {
        var (extracted, at) = (0UL, 0);
        while (mask != 0)
        {
            var start = BitOperations.TrailingZeroCount(mask);
            var length = BitOperations.TrailingZeroCount(~(mask >> start));
            extracted |= ((word >> start) & ((1UL << length) - 1)) << at;
            at += length;
            mask &= mask + (1UL << start);
        }

        return extracted;
    }

    /// <summary>A radix sort, from the last bits of the ids to the first. The numbers below them are in order.</summary>
    private static void SortByDigits(ref ulong[] words, int idBits)
    {
        var sorted = new ulong[words.Length];
        var places = new int[1 << DigitBits];
        for (var shift = NumberBits; shift < NumberBits + idBits; shift += DigitBits)
        {
            Array.Clear(places);
            foreach (var word in words)
                places[DigitOf(word, shift)]++;
            var next = 0;
            foreach (ref var place in places.AsSpan())
                (place, next) = (next, next + place);
            foreach (var word in words)
                sorted[places[DigitOf(word, shift)]++] = word;
            (words, sorted) = (sorted, words);
        }
    }

    private static int DigitOf(ulong word, int shift) => (int)(word >> shift) & ((1 << DigitBits) - 1);

    /// <summary>Sorts the sensors whose words do not tell them apart: by the bytes that the words are of, and then by all of their ids.</summary>
    private static void SortAlike(SensorTable table, int shared, ulong[] words)
    {
        for (var start = 0; start < words.Length;)
        {
            var end = start + 1;
            while (end < words.Length && words[end] >> NumberBits == words[start] >> NumberBits)
                end++;
            if (end - start > 1)
                words.AsSpan(start, end - start).Sort((left, right) => CompareIds(table, shared, SensorOf(left), SensorOf(right)));
            start = end;
        }
    }

    private static int CompareIds(SensorTable table, int shared, int left, int right)
    {
        if (table.Index.WordOf(left, shared).CompareTo(table.Index.WordOf(right, shared)) is var order and not 0)
            return order;
        Span<byte> leftBuffer = stackalloc byte[SensorKey.InlineLength];
        Span<byte> rightBuffer = stackalloc byte[SensorKey.InlineLength];
        return table.IdOf(left, leftBuffer).SequenceCompareTo(table.IdOf(right, rightBuffer));
    }
}

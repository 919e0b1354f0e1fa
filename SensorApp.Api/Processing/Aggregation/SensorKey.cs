using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>A sensor id as two words: up to 16 bytes are the words themselves (the first eight bytes and the last eight), longer ones a hash and where the bytes are kept.</summary>
internal readonly record struct SensorKey(ulong First, ulong Second, int Length)
{
    public const int InlineLength = 16;

    // A seed a process: ids chosen to collide in one run do not in the next.
    private static readonly ulong SeedA = (ulong)Random.Shared.NextInt64() | 1;
    private static readonly ulong SeedB = (ulong)Random.Shared.NextInt64() | 1;

    public bool IsInline => Length <= InlineLength;

    public ulong Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsInline ? Fold(First ^ SeedA, Second ^ SeedB) : First;
    }

    /// <summary>The key of a short id. Eight bytes from its start must be readable, whatever its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SensorKey Inline(ref byte id, int length)
    {
        var head = ReadWord(ref id);
        return length >= sizeof(ulong)
            ? new SensorKey(head, ReadWord(ref Unsafe.Add(ref id, length - sizeof(ulong))), length)
            : new SensorKey(head & ((1UL << (length * 8)) - 1), 0, length);
    }

    /// <summary>Hash of a long id.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> id)
    {
        var hash = SeedA ^ (ulong)id.Length;
        for (; id.Length > sizeof(ulong); id = id[sizeof(ulong)..])
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(id), SeedB);
        Span<byte> rest = stackalloc byte[sizeof(ulong)];
        rest.Clear();
        id.CopyTo(rest);
        return Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), SeedB ^ SeedA);
    }

    /// <summary>Eight bytes of an inline key behind so many others, the first highest, and zeros where it ends before.</summary>
    public ulong WordAt(int start)
    {
        // The second word ends where the id does; in short ones all its bytes are in the first, too.
        var first = BinaryPrimitives.ReverseEndianness(First);
        var rest = Length > sizeof(ulong) ? BinaryPrimitives.ReverseEndianness(Second) << ((InlineLength - Length) * 8) : 0;
        return start < InlineLength ? (ulong)((new UInt128(first, rest) << (start * 8)) >> 64) : 0;
    }

    /// <summary>Writes the bytes of an inline key to a span of <see cref="InlineLength"/> bytes.</summary>
    public void CopyInlineTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, First);
        if (Length >= sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(destination[(Length - sizeof(ulong))..], Second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReadWord(ref byte start)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref start);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using SensorApp.Api.Processing.Parsing;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Finds a sensor's number by its id: open addressing, half full at most, 4 bytes a slot.</summary>
/// <remarks>
/// A slot has room for the sensor's number and ten bits of the hash. With all of the hash in it, growing would not have to compute it again,
/// but the table would be twice as large, and searching very many sensors means waiting for slots.
/// Files mostly name their sensors in the same order again and again, or one after the other. So the sensor that came after the last one
/// the time before is tried first, which costs no hash and, with a million sensors, reads memory in order instead of here and there.
/// </remarks>
internal sealed class SensorIndex
{
    /// <summary>A sensor's number has no more.</summary>
    public const int NumberBits = 22;

    private const int SmallestSize = 2048;
    private const int SmallestCount = SmallestSize / 2;

    // Growing puts every sensor in a new place, all over memory: it should happen only a few times.
    private const int Growth = 4;

    // So many slots no longer lie in the processor's near caches.
    private const int FarSize = 131_072;

    private SensorKey[] _keys = new SensorKey[SmallestCount];
    private int _count;
    private readonly LongIds _longIds = new();
    private Slot[] _slots = new Slot[SmallestSize];
    private int[] _followers = new int[SmallestCount];
    private int _searches;

    public long Bytes => ((long)_slots.Length * Unsafe.SizeOf<Slot>()) + ((long)_followers.Length * (sizeof(int) + Unsafe.SizeOf<SensorKey>())) + _longIds.Bytes;

    /// <summary>The sensor found last. The one that came after it the time before is tried first.</summary>
    public int Last { get; set; }

    /// <summary>Finds ids. Good until one is added.</summary>
    public Lookup BeginLookup() => new(this);

    /// <summary>
    /// Touches the slots of ids that are about to be looked up, if those before had to be searched in a large table: memory
    /// then brings all of them at once, where each search would wait for its own.
    /// </summary>
    public void Prepare(RowBatch batch, int first, int count)
    {
        if (!IsSearchedFar(count))
            return;
        var ids = batch.SensorIds.AsSpan(first, count);
        var touched = 0U;
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i].Length is > 0 and <= SensorKey.InlineLength)
                touched |= _slots[PlaceFor(SensorKey.Inline(ref batch.Fields[ids[i].Start], ids[i].Length).Hash)].Tag;
        }

        TouchedMemory.Use(touched);
    }

    /// <summary>Touches the slots of the next sensors of another index, likewise.</summary>
    public void Prepare(SensorIndex other, int first, int count)
    {
        if (!IsSearchedFar(count))
            return;
        var touched = 0U;
        foreach (ref readonly var key in other._keys.AsSpan(first, count))
            touched |= _slots[PlaceFor(key.Hash)].Tag;
        TouchedMemory.Use(touched);
    }

    /// <summary>Gives a new id the next number.</summary>
    public int Add(ReadOnlySpan<byte> id)
    {
        var key = id.Length > SensorKey.InlineLength
            ? new SensorKey(SensorKey.HashOf(id), _longIds.Add(id), id.Length)
            : SensorKey.Inline(ref MemoryMarshal.GetReference(id), id.Length);
        var sensor = _count;
        if (sensor == _keys.Length)
            ReserveKeys();
        if ((sensor + 1) * 2 > _slots.Length)
            Grow();
        _keys[sensor] = key;
        Place(sensor);
        _count++;
        return Follow(sensor);
    }

    /// <summary>The id's bytes; <paramref name="buffer"/> holds them when they are short, with readable bytes behind.</summary>
    public ReadOnlySpan<byte> IdOf(int sensor, Span<byte> buffer)
    {
        ref readonly var key = ref _keys[sensor];
        if (!key.IsInline)
            return _longIds.Get(key.Second, key.Length);
        key.CopyInlineTo(buffer);
        return buffer[..key.Length];
    }

    /// <summary>Of the id's bytes.</summary>
    public int LengthOf(int sensor) => _keys[sensor].Length;

    /// <summary>Eight bytes of the id behind so many others, the first highest, and zeros where it ends before.</summary>
    public ulong WordOf(int sensor, int start)
    {
        ref readonly var key = ref _keys[sensor];
        return key.IsInline ? key.WordAt(start) : WordAt(_longIds.Get(key.Second, key.Length), start);
    }

    public void Clear()
    {
        _longIds.Clear();
        if (_slots.Length > SmallestSize)
            (_slots, _keys, _followers) = (new Slot[SmallestSize], new SensorKey[SmallestCount], new int[SmallestCount]);
        else
            Array.Clear(_slots);
        (_count, Last) = (0, 0);
    }

    /// <summary>Whether most of the ids before had to be searched, and the table does not lie near.</summary>
    private bool IsSearchedFar(int count)
    {
        var searches = _searches;
        _searches = 0;
        return _slots.Length >= FarSize && searches >= count / 2;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindInline(int last, ref byte id, int length)
    {
        Last = last;
        _searches++;
        var key = SensorKey.Inline(ref id, length);
        var hash = key.Hash;
        for (var at = PlaceFor(hash); ; at = PlaceFor(at + 1))
        {
            var slot = _slots[at];
            if (slot.IsEmpty)
                return -1;
            if (slot.MayBeOf(hash) && _keys[slot.Sensor] == key)
                return Follow(slot.Sensor);
        }
    }

    private uint PlaceFor(ulong hash) => (uint)hash & (uint)(_slots.Length - 1);

    private int Follow(int sensor)
    {
        _followers[Last] = sensor;
        return Last = sensor;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindLong(ReadOnlySpan<byte> id)
    {
        _searches++;
        var hash = SensorKey.HashOf(id);
        for (var at = PlaceFor(hash); ; at = PlaceFor(at + 1))
        {
            var slot = _slots[at];
            if (slot.IsEmpty)
                return -1;
            if (slot.MayBeOf(hash) && IsLong(_keys[slot.Sensor], hash, id))
                return slot.Sensor;
        }
    }

    private static ulong WordAt(ReadOnlySpan<byte> id, int start)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        word.Clear();
        id[start..Math.Min(id.Length, start + word.Length)].CopyTo(word);
        return BinaryPrimitives.ReadUInt64BigEndian(word);
    }

    private bool IsLong(in SensorKey key, ulong hash, ReadOnlySpan<byte> id) =>
        !key.IsInline && key.First == hash && key.Length == id.Length && _longIds.Get(key.Second, key.Length).SequenceEqual(id);

    private void ReserveKeys()
    {
        if (_keys.Length > Slot.MaxSensors / 2)
            throw new InvalidOperationException($"An index has numbers for {Slot.MaxSensors} sensors only.");

        // Both or none: without memory for one of them the table must still fit together.
        var (keys, followers) = (new SensorKey[_keys.Length * 2], new int[_keys.Length * 2]);
        _keys.CopyTo(keys, 0);
        _followers.CopyTo(followers, 0);
        (_keys, _followers) = (keys, followers);
    }

    private void Grow()
    {
        _slots = new Slot[_slots.Length * Growth];
        for (var sensor = 0; sensor < _count; sensor++)
            Place(sensor);
    }

    private void Place(int sensor)
    {
        var hash = _keys[sensor].Hash;
        var at = PlaceFor(hash);
        while (!_slots[at].IsEmpty)
            at = PlaceFor(at + 1);
        _slots[at] = new Slot(hash, sensor);
    }

    /// <summary>Finds ids with what that needs at hand: the fields of the index would be read anew for each.</summary>
    public readonly ref struct Lookup(SensorIndex index)
    {
        private readonly ref SensorKey _keys = ref MemoryMarshal.GetArrayDataReference(index._keys);
        private readonly ref int _followers = ref MemoryMarshal.GetArrayDataReference(index._followers);
        private readonly int _count = index._count;

        /// <summary>The sensor's number, or -1. Eight bytes from the id's start must be readable, whatever its length.</summary>
        /// <param name="last">The sensor found before, which <see cref="Last"/> no longer is.</param>
        /// <param name="id">Its first byte.</param>
        /// <param name="length">In bytes.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int FindAfter(int last, ref byte id, int length)
        {
            if (length > SensorKey.InlineLength)
                return index.FindLong(MemoryMarshal.CreateReadOnlySpan(ref id, length));
            var guess = Unsafe.Add(ref _followers, last);
            return guess < _count && Unsafe.Add(ref _keys, guess) == SensorKey.Inline(ref id, length) ? guess : index.FindInline(last, ref id, length);
        }
    }

    /// <summary>A sensor's number, from 1, below the highest bits of its hash: the lowest say where it is.</summary>
    private readonly struct Slot(ulong hash, int sensor)
    {
        /// <summary>More than twice what a file may have, because that is only checked after each batch and each merge of two tables.</summary>
        public const int MaxSensors = (1 << NumberBits) - 1;

        private readonly uint _bits = (TagOf(hash) << NumberBits) | (uint)(sensor + 1);

        public bool IsEmpty => _bits == 0;

        public int Sensor => (int)(_bits & MaxSensors) - 1;

        public uint Tag => _bits >> NumberBits;

        public bool MayBeOf(ulong hash) => Tag == TagOf(hash);

        private static uint TagOf(ulong hash) => (uint)(hash >> (32 + NumberBits));
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Finds a sensor's number by its id: open addressing, half full at most, 8 bytes a slot.</summary>
internal sealed class SensorIndex
{
    private const int SmallestSize = 4096;

    private readonly PagedList<SensorKey> _keys = new();
    private readonly LongIds _longIds = new();
    private Slot[] _slots = new Slot[SmallestSize];

    public long Bytes => ((long)_slots.Length * Unsafe.SizeOf<Slot>()) + _keys.Bytes + _longIds.Bytes;

    /// <summary>The sensor's number, or -1.</summary>
    /// <param name="id">Eight bytes from its start must be readable, whatever its length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ReadOnlySpan<byte> id)
    {
        if (id.Length > SensorKey.InlineLength)
            return FindLong(id);
        var key = SensorKey.Inline(ref MemoryMarshal.GetReference(id), id.Length);
        var hash = key.Hash;
        for (var at = (int)hash & (_slots.Length - 1); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref var slot = ref _slots[at];
            if (slot.IsEmpty)
                return -1;
            if (slot.Tag == (uint)(hash >> 32) && _keys[slot.Sensor] == key)
                return slot.Sensor;
        }
    }

    /// <summary>Gives a new id the next number.</summary>
    public int Add(ReadOnlySpan<byte> id)
    {
        var key = id.Length > SensorKey.InlineLength
            ? new SensorKey(SensorKey.HashOf(id), _longIds.Add(id), id.Length)
            : SensorKey.Inline(ref MemoryMarshal.GetReference(id), id.Length);
        var sensor = _keys.Count;
        _keys.Append() = key;
        if (_keys.Count * 2 > _slots.Length)
            Resize(_slots.Length * 2);
        else
            Place(key.Hash, sensor);
        return sensor;
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

    public void Clear()
    {
        _keys.Clear();
        _longIds.Clear();
        if (_slots.Length > SmallestSize)
            _slots = new Slot[SmallestSize];
        else
            Array.Clear(_slots);
    }

    private int FindLong(ReadOnlySpan<byte> id)
    {
        var hash = SensorKey.HashOf(id);
        for (var at = (int)hash & (_slots.Length - 1); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref var slot = ref _slots[at];
            if (slot.IsEmpty)
                return -1;
            if (slot.Tag == (uint)(hash >> 32) && IsLong(_keys[slot.Sensor], hash, id))
                return slot.Sensor;
        }
    }

    private bool IsLong(in SensorKey key, ulong hash, ReadOnlySpan<byte> id) =>
        !key.IsInline && key.First == hash && key.Length == id.Length && _longIds.Get(key.Second, key.Length).SequenceEqual(id);

    private void Resize(int size)
    {
        _slots = new Slot[size];
        for (var sensor = 0; sensor < _keys.Count; sensor++)
            Place(_keys[sensor].Hash, sensor);
    }

    private void Place(ulong hash, int sensor)
    {
        var at = (int)hash & (_slots.Length - 1);
        while (!_slots[at].IsEmpty)
            at = (at + 1) & (_slots.Length - 1);
        _slots[at] = new Slot((uint)(hash >> 32), sensor);
    }

    private readonly struct Slot(uint tag, int sensor)
    {
        private readonly int _number = sensor + 1;

        public uint Tag { get; } = tag;

        public bool IsEmpty => _number == 0;

        public int Sensor => _number - 1;
    }
}

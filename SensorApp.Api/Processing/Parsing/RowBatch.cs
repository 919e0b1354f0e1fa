using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>What travels through the graph: a chunk, then its rows, then their readings. Reused for the next chunk.</summary>
internal sealed class RowBatch
{
    private const int FirstCapacity = 1024;

    private byte[] _unquoted = [];

    public Chunk? Chunk { get; private set; }

    /// <summary>The bytes that fields lie in, with readable bytes before and behind each: the padded chunk itself, or the text without its quotes.</summary>
    public byte[] Fields { get; private set; } = [];

    /// <summary>Where the fields of each row lie.</summary>
    public FieldGrid Grid { get; } = new();

    /// <summary>Rows with the right number of fields.</summary>
    public int RowCount => Grid.Rows;

    /// <summary>Rows in the chunk, good or bad, as the parser counted them.</summary>
    public int RowsRead { get; set; }

    /// <summary>Lines in the chunk, skipped ones included.</summary>
    public int Lines { get; set; }

    /// <summary>Rows found to be invalid, in no order until <see cref="RowValidator"/> has sorted them.</summary>
    public List<RejectedRow> Rejected { get; } = [];

    /// <summary>Id, UTC ticks and value of each row, set by <see cref="RowValidator"/>; an invalid row has an empty id.</summary>
    public FieldSpan[] SensorIds { get; private set; } = new FieldSpan[FirstCapacity];

    public long[] Ticks { get; private set; } = new long[FirstCapacity];

    public double[] Values { get; private set; } = new double[FirstCapacity];

    /// <summary>Rows that there is room for.</summary>
    public int Capacity => Ticks.Length;

    public void Load(Chunk chunk)
    {
        Chunk = chunk;
        Fields = chunk.Padded;
        Grid.BeginList();
        RowsRead = 0;
        Lines = 0;
        Rejected.Clear();
    }

    /// <summary>Makes <see cref="Fields"/> a buffer of its own that can hold all fields of the chunk.</summary>
    public byte[] UseUnquotedFields(int length)
    {
        var needed = length + (2 * Reading.Chunk.Padding);
        if (_unquoted.Length < needed)
            _unquoted = new byte[needed];
        return Fields = _unquoted;
    }

    /// <summary>Makes the columns as long as the rows.</summary>
    public void PrepareColumns()
    {
        if (Capacity < RowCount)
        {
            var length = Math.Max(RowCount, Capacity * 2);
            (SensorIds, Ticks, Values) = (new FieldSpan[length], new long[length], new double[length]);
        }
    }

    /// <summary>Whether a row is a reading, once <see cref="RowValidator"/> has seen it.</summary>
    public bool IsValid(int row) => SensorIds[row].Length > 0;

    public RowPlace PlaceOf(int row) => Grid.PlaceOf(row, Chunk!.Padded);

    public FieldSpan FieldOf(int row, Role role) => Grid.FieldOf(row, role, Fields);

    public ReadOnlySpan<byte> Text(FieldSpan field) => Fields.AsSpan(field.Start, field.Length);

    public void Release()
    {
        Chunk?.Dispose();
        Chunk = null;
    }
}

using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Where a row and its three fields lie. Fields are positions in <see cref="RowBatch.Fields"/>, the row itself in the padded chunk.</summary>
internal struct Row
{
    public int Start;
    public int End;
    public int Line;
    public FieldSpan Sensor;
    public FieldSpan Timestamp;
    public FieldSpan Value;
}

internal readonly record struct FieldSpan(int Start, int Length);

/// <summary>An invalid row of a chunk: its line from 0 in the chunk, and where it lies in the padded chunk.</summary>
internal readonly record struct RejectedRow(int Line, int Start, int End, Fault Fault, Role Role);

/// <summary>What travels through the graph: a chunk, then its rows, then their readings. Reused for the next chunk.</summary>
internal sealed class RowBatch
{
    private const int FirstCapacity = 1024;

    private byte[] _unquoted = [];

    /// <summary>Working space of the columnar parser.</summary>
    public SeparatorIndex Separators { get; } = new();

    public Chunk? Chunk { get; private set; }

    /// <summary>The bytes that fields lie in, with readable bytes before and behind each: the padded chunk itself, or the text without its quotes.</summary>
    public byte[] Fields { get; private set; } = [];

    public Row[] Rows { get; private set; } = new Row[FirstCapacity];

    /// <summary>Rows with the right number of fields.</summary>
    public int RowCount { get; set; }

    /// <summary>Rows in the chunk, good or bad, as the parser counted them.</summary>
    public int RowsRead { get; set; }

    /// <summary>Lines in the chunk, skipped ones included.</summary>
    public int Lines { get; set; }

    /// <summary>Rows found to be invalid, in no order until <see cref="RowValidator"/> has sorted them.</summary>
    public List<RejectedRow> Rejected { get; } = [];

    /// <summary>UTC ticks and value of each row, set by <see cref="RowValidator"/>; meaningless where <see cref="Faults"/> says so.</summary>
    public long[] Ticks { get; private set; } = new long[FirstCapacity];

    public double[] Values { get; private set; } = new double[FirstCapacity];

    public Fault[] Faults { get; private set; } = new Fault[FirstCapacity];

    public void Load(Chunk chunk)
    {
        Chunk = chunk;
        Fields = chunk.Padded;
        RowCount = 0;
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

    public ref Row Append()
    {
        if (RowCount == Rows.Length)
            Rows = Grow(Rows);
        return ref Rows[RowCount++];
    }

    /// <summary>Makes the columns as long as the rows.</summary>
    public void PrepareColumns()
    {
        if (Ticks.Length >= RowCount)
            return;
        Ticks = new long[Rows.Length];
        Values = new double[Rows.Length];
        Faults = new Fault[Rows.Length];
    }

    public ReadOnlySpan<byte> Field(FieldSpan field) => Fields.AsSpan(field.Start, field.Length);

    public void Release()
    {
        Chunk?.Dispose();
        Chunk = null;
    }

    private static Row[] Grow(Row[] rows)
    {
        Array.Resize(ref rows, rows.Length * 2);
        return rows;
    }
}

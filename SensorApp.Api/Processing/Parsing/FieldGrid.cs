using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Where the three fields of each row lie: positions between which the fields are, so many a row.</summary>
/// <remarks>
/// Of a chunk whose lines all have the right number of fields these are just the positions of its separators, as they were found: nothing is
/// copied, and where a row lies follows from its number. Of any other chunk they are listed row by row.
/// </remarks>
internal sealed class FieldGrid
{
    private const int ListedStride = 6;
    private const int FirstCapacity = 1024;

    private int[] _separators = [];
    private int[] _listed = [];
    private RowPlace[] _places = [];
    private int _sensor;
    private int _timestamp;
    private int _value;

    /// <summary>Rows with the right number of fields.</summary>
    public int Rows { get; private set; }

    /// <summary>Working space for the separators of a chunk.</summary>
    public ref int[] Separators => ref _separators;

    /// <summary>Positions just before and just behind fields; row r has those from r * <see cref="Stride"/>.</summary>
    public int[] Bounds { get; private set; } = [];

    public int Stride { get; private set; }

    /// <summary>The field that may end with the carriage return of a line break; <see cref="Role.None"/> where there is none, or it has been taken off.</summary>
    public Role LastField { get; private set; }

    /// <summary>Whether fields may stand in quotes, which are not part of them.</summary>
    public bool HasQuotes { get; set; }

    /// <summary>Whether fields are known to have only ASCII characters that can be seen.</summary>
    public bool HasGraphicTextOnly { get; set; }

    /// <summary>Whether fields are just what is between their bounds.</summary>
    public bool IsBare => !HasQuotes && LastField == Role.None;

    private bool IsListed => Bounds == _listed;

    /// <summary>Starts an empty list of rows.</summary>
    public void BeginList()
    {
        (Rows, Bounds, Stride, LastField, HasQuotes, HasGraphicTextOnly) = (0, _listed, ListedStride, Role.None, false, false);
        (_sensor, _timestamp, _value) = (0, 2, 4);
    }

    /// <summary>Adds a row to the list.</summary>
    public void Append(RowPlace place, FieldSpan sensor, FieldSpan timestamp, FieldSpan value)
    {
        if (Rows == _places.Length)
        {
            Array.Resize(ref _places, Math.Max(FirstCapacity, Rows * 2));
            Array.Resize(ref _listed, _places.Length * ListedStride);
            Bounds = _listed;
        }

        _places[Rows] = place;
        var bounds = _listed.AsSpan(Rows * ListedStride, ListedStride);
        (bounds[0], bounds[1]) = (sensor.Start - 1, sensor.Start + sensor.Length);
        (bounds[2], bounds[3]) = (timestamp.Start - 1, timestamp.Start + timestamp.Length);
        (bounds[4], bounds[5]) = (value.Start - 1, value.Start + value.Length);
        Rows++;
    }

    /// <summary>Takes the separators found as they are: so many rows, each of all the format's fields.</summary>
    public void UseSeparators(int rows, FileFormat format, bool hasCarriageReturns)
    {
        (Rows, Bounds, Stride) = (rows, _separators, format.Columns.Count);
        (_sensor, _timestamp, _value) = (format.SensorColumn, format.TimestampColumn, format.ValueColumn);
        LastField = hasCarriageReturns ? format.RoleOf(Stride - 1) : Role.None;
    }

    /// <summary>Where a role's fields begin within a row's bounds.</summary>
    public int OffsetOf(Role role) => role switch
    {
        Role.Sensor => _sensor,
        Role.Timestamp => _timestamp,
        _ => _value,
    };

    public FieldSpan FieldOf(int row, Role role, byte[] text)
    {
        var at = (row * Stride) + OffsetOf(role);
        var start = Bounds[at] + 1;
        var end = Bounds[at + 1];
        if (role == LastField && end > start && text[end - 1] == '\r')
            end--;
        return HasQuotes && end > start && text[start] == '"' ? new FieldSpan(start + 1, end - start - 2) : new FieldSpan(start, end - start);
    }

    public RowPlace PlaceOf(int row, byte[] text)
    {
        if (IsListed)
            return _places[row];
        var start = Bounds[row * Stride] + 1;
        var end = Bounds[(row + 1) * Stride];
        return new RowPlace(start, text[end - 1] == '\r' ? end - 1 : end, row);
    }
}

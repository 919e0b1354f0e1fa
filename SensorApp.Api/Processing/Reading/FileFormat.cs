namespace SensorApp.Api.Processing.Reading;

/// <summary>The three columns that are read.</summary>
internal enum Role : byte
{
    None,
    Sensor,
    Timestamp,
    Value,
}

/// <summary>What the header says about every row.</summary>
internal sealed record FileFormat
{
    public required byte Delimiter { get; init; }

    /// <summary>The header line as it stands in the file.</summary>
    public required string Header { get; init; }

    /// <summary>Column names as the header has them, trimmed.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    public required int SensorColumn { get; init; }

    public required int TimestampColumn { get; init; }

    public required int ValueColumn { get; init; }

    public Role RoleOf(int column) =>
        column == SensorColumn ? Role.Sensor : column == TimestampColumn ? Role.Timestamp : column == ValueColumn ? Role.Value : Role.None;

    public string? NameOf(Role role) => role switch
    {
        Role.Sensor => Columns[SensorColumn],
        Role.Timestamp => Columns[TimestampColumn],
        Role.Value => Columns[ValueColumn],
        _ => null,
    };
}

using System.Text.Json.Serialization;

namespace SensorApp.Mocks.Core.Objects;

/// <summary>A stretch of an object's bytes and where they are: a database row, a file of their own, or this process's memory.</summary>
public sealed class Segment(long length, string? file = null)
{
    public long Length => length;

    /// <summary>Name of the file in the content folder; null when the bytes are a row or in memory.</summary>
    public string? File => file;

    /// <summary>The row of the bytes; 0 when they have none.</summary>
    public long Row { get; set; }

    /// <summary>The bytes themselves, until they are durable elsewhere; for good when there is no disk.</summary>
    [JsonIgnore]
    public byte[]? Bytes { get; set; }
}

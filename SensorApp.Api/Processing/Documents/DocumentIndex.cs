using System.Text;

namespace SensorApp.Api.Processing.Documents;

/// <summary>Where a block of sensors lies: first their records, sorted by id, then their series.</summary>
internal sealed record SensorBlock(string FirstId, long Offset, int RecordsLength, int Count)
{
    public long SeriesOffset => Offset + RecordsLength;
}

/// <summary>Where a block of rejections lies.</summary>
internal sealed record RejectionBlock(long Offset, int Length, int Count);

/// <summary>The end of a result document: the file's totals and where everything is.</summary>
internal sealed record DocumentIndex(DocumentHeader Header, IReadOnlyList<SensorBlock> Sensors, IReadOnlyList<RejectionBlock> Rejections)
{
    /// <summary>Bytes behind the index: its offset, and the mark of this version of the format.</summary>
    public const int TrailerLength = 16;

    private const int UsualLength = 256;

    /// <summary>Begins and ends a document.</summary>
    public static ReadOnlySpan<byte> Mark => "SARESUL3"u8;

    /// <summary>
    /// The mark of the version before, whose series are all doubles (<see cref="SeriesCoding.Read"/>): results stay readable when the
    /// service is replaced by this one.
    /// </summary>
    public static ReadOnlySpan<byte> MarkOfDoubles => "SARESUL2"u8;

    public byte[] ToBytes()
    {
        var bytes = new MemoryStream(UsualLength);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        WriteHeader(writer);
        writer.Write7BitEncodedInt(Sensors.Count);
        foreach (var block in Sensors)
        {
            writer.Write(block.FirstId);
            writer.Write7BitEncodedInt64(block.Offset);
            writer.Write7BitEncodedInt(block.RecordsLength);
            writer.Write7BitEncodedInt(block.Count);
        }

        writer.Write7BitEncodedInt(Rejections.Count);
        foreach (var block in Rejections)
        {
            writer.Write7BitEncodedInt64(block.Offset);
            writer.Write7BitEncodedInt(block.Length);
            writer.Write7BitEncodedInt(block.Count);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    public static DocumentIndex FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var header = ReadHeader(reader);
        var sensors = new SensorBlock[reader.Read7BitEncodedInt()];
        for (var i = 0; i < sensors.Length; i++)
            sensors[i] = new SensorBlock(reader.ReadString(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        var rejections = new RejectionBlock[reader.Read7BitEncodedInt()];
        for (var i = 0; i < rejections.Length; i++)
            rejections[i] = new RejectionBlock(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        return new DocumentIndex(header, sensors, rejections);
    }

    private void WriteHeader(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(Header.TotalRows);
        writer.Write7BitEncodedInt64(Header.ValidRows);
        writer.Write7BitEncodedInt64(Header.InvalidRows);
        writer.Write7BitEncodedInt64(Header.SensorCount);
        writer.WriteOptional(Header.Error?.Code);
        writer.WriteOptional(Header.Error?.Message);
        writer.WriteOptional(Header.HeaderLine);
        writer.Write7BitEncodedInt(Header.ErrorsByReason.Count);
        foreach (var (reason, count) in Header.ErrorsByReason)
        {
            writer.Write(reason);
            writer.Write7BitEncodedInt64(count);
        }

        writer.Write(Header.Series is not null);
        if (Header.Series is not { } series)
            return;
        writer.Write7BitEncodedInt64(series.Width.Ticks);
        writer.Write7BitEncodedInt64(series.From.Ticks);
        writer.Write7BitEncodedInt64(series.To.Ticks);
    }

    private static DocumentHeader ReadHeader(BinaryReader reader)
    {
        var (total, valid, invalid) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        var sensors = reader.Read7BitEncodedInt64();
        var (code, message, line) = (reader.ReadOptional(), reader.ReadOptional(), reader.ReadOptional());
        var reasons = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            reasons.Add(reader.ReadString(), reader.Read7BitEncodedInt64());
        var series = reader.ReadBoolean() ? new SeriesShape(new TimeSpan(reader.Read7BitEncodedInt64()), reader.ReadUtcTicks(), reader.ReadUtcTicks()) : null;
        var error = code is null ? null : new FileError(code, message ?? "");
        return new DocumentHeader(total, valid, invalid, sensors, error, line, reasons, series);
    }
}

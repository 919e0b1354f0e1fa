namespace SensorApp.Api.Processing.Documents;

/// <summary>How the parts of a result document are written and read back: little-endian, integers in seven bits a byte, times in ticks since 0001-01-01 UTC.</summary>
internal static class DocumentCoding
{
    public static void WriteOptional(this BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    public static string? ReadOptional(this BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    public static DateTimeOffset ReadUtcTicks(this BinaryReader reader) => new(reader.Read7BitEncodedInt64(), TimeSpan.Zero);

    /// <summary>Writes a sensor's record; its series lies <paramref name="seriesOffset"/> bytes into its block's series, and takes <paramref name="seriesLength"/>.</summary>
    public static void WriteSensor(this BinaryWriter writer, SensorStatistics sensor, int seriesOffset, int seriesLength)
    {
        writer.Write(sensor.SensorId);
        writer.Write7BitEncodedInt64(sensor.Count);
        writer.Write(sensor.Average);
        writer.Write(sensor.Minimum);
        writer.Write(sensor.Maximum);
        writer.WriteOptional(sensor.StandardDeviation);
        writer.WriteOptional(sensor.P50);
        writer.WriteOptional(sensor.P95);
        writer.WriteOptional(sensor.P99);
        writer.Write7BitEncodedInt64(sensor.First.UtcTicks);
        writer.Write7BitEncodedInt64(sensor.Last.UtcTicks);
        writer.Write(sensor.LastValue);
        writer.Write7BitEncodedInt(sensor.Series.Count);
        writer.Write7BitEncodedInt(seriesOffset);
        writer.Write7BitEncodedInt(seriesLength);
    }

    /// <summary>Reads a sensor's record, with an empty series and where to find the real one.</summary>
    public static SensorRecord ReadSensor(this BinaryReader reader)
    {
        var statistics = new SensorStatistics
        {
            SensorId = reader.ReadString(),
            Count = reader.Read7BitEncodedInt64(),
            Average = reader.ReadDouble(),
            Minimum = reader.ReadDouble(),
            Maximum = reader.ReadDouble(),
            StandardDeviation = reader.ReadOptionalDouble(),
            P50 = reader.ReadOptionalDouble(),
            P95 = reader.ReadOptionalDouble(),
            P99 = reader.ReadOptionalDouble(),
            First = reader.ReadUtcTicks(),
            Last = reader.ReadUtcTicks(),
            LastValue = reader.ReadDouble(),
        };
        return new SensorRecord(statistics, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
    }

    public static void WriteRejection(this BinaryWriter writer, Rejection rejection)
    {
        writer.Write7BitEncodedInt64(rejection.Line);
        writer.WriteOptional(rejection.Column);
        writer.Write(rejection.Reason);
        writer.Write(rejection.Raw);
    }

    public static Rejection ReadRejection(this BinaryReader reader) =>
        new(reader.Read7BitEncodedInt64(), reader.ReadOptional(), reader.ReadString(), reader.ReadString());

    private static void WriteOptional(this BinaryWriter writer, double? number) => writer.Write(OptionalNumber.ToNaN(number));

    private static double? ReadOptionalDouble(this BinaryReader reader) => OptionalNumber.FromNaN(reader.ReadDouble());
}

/// <summary>A sensor as its record has it: its series is <paramref name="BucketCount"/> buckets in so many bytes from <paramref name="SeriesOffset"/> on in the block's series.</summary>
internal sealed record SensorRecord(SensorStatistics Statistics, int BucketCount, int SeriesOffset, int SeriesLength);

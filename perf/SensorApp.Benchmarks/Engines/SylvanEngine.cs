using System.Globalization;

using Sylvan.Data.Csv;

namespace SensorApp.Benchmarks.Engines;

/// <summary>Sylvan alone: reads every field and checks nothing, so its rows include bad ones.</summary>
internal sealed class RawSylvanEngine : IEngine
{
    public Task<Answer> RunAsync(string path)
    {
        using var reader = CsvDataReader.Create(path);
        var (rows, characters) = (0L, 0L);
        while (reader.Read())
        {
            rows++;
            for (var column = 0; column < 3; column++)
                characters += reader.GetFieldSpan(column).Length;
        }

        return Task.FromResult(new Answer(characters > 0 ? rows : 0));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Sylvan with the parsers of the base class library, as one would write it; four statistics.</summary>
internal sealed class SylvanBclEngine : IEngine
{
    public Task<Answer> RunAsync(string path)
    {
        using var reader = CsvDataReader.Create(path);
        var sensors = new Dictionary<string, Four>(StringComparer.Ordinal);
        while (reader.Read())
        {
            if (reader.RowFieldCount != 3 || reader.GetString(0) is not { Length: > 0 } sensor)
                continue;
            if (!DateTimeOffset.TryParse(reader.GetFieldSpan(1), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
                continue;
            if (!double.TryParse(reader.GetFieldSpan(2), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                continue;
            if (!sensors.TryGetValue(sensor, out var four))
                sensors.Add(sensor, four = new Four());
            four.Add(value);
        }

        var sum = new AnswerSum();
        foreach (var (sensor, four) in sensors)
            sum.AddFour(sensor, four.Count, four.Sum / four.Count, four.Minimum, four.Maximum);
        return Task.FromResult(sum.Four());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Four
    {
        public long Count { get; private set; }

        public double Sum { get; private set; }

        public double Minimum { get; private set; } = double.PositiveInfinity;

        public double Maximum { get; private set; } = double.NegativeInfinity;

        public void Add(double value)
        {
            Count++;
            Sum += value;
            Minimum = Math.Min(Minimum, value);
            Maximum = Math.Max(Maximum, value);
        }
    }
}

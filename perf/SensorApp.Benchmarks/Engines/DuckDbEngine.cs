using System.Globalization;

using DuckDB.NET.Data;

namespace SensorApp.Benchmarks.Engines;

/// <summary>DuckDB reading the same file with typed columns, told to reject what we reject; with four statistics, or with ours (but for the series).</summary>
internal sealed class DuckDbEngine : IEngine
{
    private const string Four = "sensor_id, count(*), avg(value), min(value), max(value)";
    private const string All = Four + ", stddev_samp(value), approx_quantile(value, [0.5, 0.95, 0.99]), min(timestamp), max(timestamp), arg_max(value, timestamp)";

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly bool _all;

    public DuckDbEngine(int threads, bool all)
    {
        _all = all;
        _connection.Open();
        Execute(string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
        Execute("SET enable_progress_bar = false");
    }

    public Task<Answer> RunAsync(string path)
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            $$"""
            SELECT {{(_all ? All : Four)}}
            FROM read_csv('{{path}}', header = true, delim = ',', quote = '"', escape = '"', auto_detect = false, ignore_errors = true,
                columns = {'sensor_id': 'VARCHAR', 'timestamp': 'TIMESTAMP', 'value': 'DOUBLE'})
            WHERE isfinite(value) AND sensor_id <> '' AND timestamp IS NOT NULL
            GROUP BY sensor_id
            """;
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        var sum = new AnswerSum();
        while (reader.Read())
        {
            var sensor = reader.GetString(0);
            sum.AddFour(sensor, reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4));
            if (_all)
                sum.AddRest(reader.IsDBNull(5) ? null : reader.GetDouble(5), reader.GetDateTime(7), reader.GetDateTime(8));
        }

        return Task.FromResult(_all ? sum.All() : sum.Four());
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

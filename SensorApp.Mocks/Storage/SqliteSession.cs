using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SensorApp.Mocks.Storage;

/// <summary>
/// One connection with its statements kept prepared. Parameters are written <c>$1</c>, <c>$2</c>, … and given in that order;
/// null is NULL. Not thread-safe.
/// </summary>
public sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <returns>Rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>All rows, each turned into a value while the cursor stands on it.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();

        while (reader.Read())
            rows.Add(read(reader));

        return rows;
    }

    /// <summary>The first column of the first row; default when there is none or it is NULL.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values) =>
        Bind(sql, values).ExecuteScalar() is T value ? value : default;

    /// <summary>Pages written to the log since this was asked last.</summary>
    public int TakePagesWritten()
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        return pages;
    }

    /// <summary>Ends the open transaction, if a failure has not already ended it.</summary>
    public void RollbackTransaction()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself on a full disk; a second time is then an error without meaning.
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();

        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            _commands[sql] = command;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (command.Parameters.Count <= i)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });

            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}

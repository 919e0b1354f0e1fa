using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace SensorApp.Mocks.Storage;

/// <summary>The database file in the data folder: one writer, any number of readers that see only what is committed.</summary>
public sealed class SqliteDatabase : IDisposable
{
    private const string FileName = "cloud.db";

    private readonly ConcurrentBag<SqliteSession> _idleReaders = [];
    private readonly string _file;

    /// <exception cref="IOException">The folder holds something that is not our database, or cannot be written.</exception>
    public SqliteDatabase(DataFolder folder)
    {
        _file = Path.Combine(folder.Path, FileName);

        try
        {
            // Must be set before the first table is made: freed pages can then be given back without rewriting the file.
            using var first = Open("PRAGMA auto_vacuum=INCREMENTAL", "PRAGMA journal_mode=WAL");
        }
        catch (SqliteException failure)
        {
            throw new IOException($"{_file} cannot be used: {failure.Message} Choose another folder with MOCKS_DATA_DIR.", failure);
        }
    }

    /// <summary>A connection that writes, or copies what another wrote. FULL: each commit is flushed, so that an acknowledged write survives a power cut.</summary>
    public SqliteSession OpenWriter() => Open("PRAGMA synchronous=FULL", "PRAGMA cache_size=-16384");

    /// <summary>Runs a query over what is committed. Any number of threads may read at once.</summary>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        if (!_idleReaders.TryTake(out var reader))
            reader = Open("PRAGMA query_only=ON");

        try
        {
            return read(reader);
        }
        finally
        {
            _idleReaders.Add(reader);
        }
    }

    public void Dispose()
    {
        foreach (var reader in _idleReaders)
            reader.Dispose();
    }

    private SqliteSession Open(params ReadOnlySpan<string> pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _file,
            // Pooled connections would keep the file open, and with it the folder, after the process has let go of it.
            Pooling = false,
        }.ToString());
        connection.Open();
        var session = new SqliteSession(connection);

        foreach (var pragma in pragmas)
            session.Execute(pragma);

        return session;
    }
}

namespace SensorApp.Mocks.Storage;

/// <summary>
/// Files that hold the bytes of large objects, below the data folder or, without one, in a temporary folder that goes with
/// the process: five gigabytes do not fit into memory. Names are ours, never a client's. Thread-safe.
/// </summary>
public sealed class ContentFolder : IDisposable
{
    private readonly Dictionary<string, int> _readers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _doomed = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Lazy<string> _finished;
    private readonly Lazy<string> _unfinished;
    private readonly string? _temporary;

    /// <param name="folder">Null: nothing has to survive the process.</param>
    public ContentFolder(DataFolder? folder)
    {
        _temporary = folder is null ? Path.Combine(Path.GetTempPath(), $"sensorapp-mocks-{Guid.CreateVersion7():N}") : null;
        var root = folder?.Path ?? _temporary!; // one of the two is set
        _finished = new(() => Directory.CreateDirectory(Path.Combine(root, "objects")).FullName);
        _unfinished = new(() => Directory.CreateDirectory(Path.Combine(root, "unfinished")).FullName);
    }

    /// <summary>Whether the files survive the process, and must be flushed before anything is acknowledged.</summary>
    public bool Durable => _temporary is null;

    /// <summary>Opens a new file under a temporary name. The caller finishes or discards it.</summary>
    public FileStream Create(out string name)
    {
        name = Guid.CreateVersion7().ToString("N");
        return new FileStream(Path.Combine(_unfinished.Value, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
    }

    /// <summary>Flushes the file and gives it its final name.</summary>
    public void Finish(FileStream file, string name)
    {
        if (Durable)
            file.Flush(flushToDisk: true);

        file.Dispose();
        File.Move(Path.Combine(_unfinished.Value, name), FinishedPath(name));

        if (Durable)
            FolderFlush.Flush(_finished.Value);
    }

    public void Discard(string name) => File.Delete(Path.Combine(_unfinished.Value, name));

    /// <summary>Keeps files from being deleted until the lease is disposed.</summary>
    public FileLease Lease(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return FileLease.OfNothing;

        lock (_lock)
        {
            foreach (var name in names)
                _readers[name] = _readers.GetValueOrDefault(name) + 1;
        }

        return new FileLease(this, names);
    }

    public FileStream OpenRead(string name) =>
        new(FinishedPath(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);

    /// <summary>Deletes a file, at once or when the last reader is done with it.</summary>
    public void Delete(string name)
    {
        lock (_lock)
        {
            if (_readers.ContainsKey(name))
            {
                _doomed.Add(name);
                return;
            }
        }

        File.Delete(FinishedPath(name));
    }

    /// <summary>Removes what a killed process left: files not yet finished, and files that no record names.</summary>
    public void DeleteAllBut(IReadOnlySet<string> names)
    {
        foreach (var path in Directory.EnumerateFiles(_unfinished.Value))
            File.Delete(path);

        foreach (var path in Directory.EnumerateFiles(_finished.Value))
        {
            if (!names.Contains(Path.GetFileName(path)))
                File.Delete(path);
        }
    }

    public void Dispose()
    {
        if (_temporary is not null && Directory.Exists(_temporary))
            Directory.Delete(_temporary, recursive: true);
    }

    internal void Release(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            lock (_lock)
            {
                if (--_readers[name] > 0)
                    continue;

                _readers.Remove(name);

                if (!_doomed.Remove(name))
                    continue;
            }

            File.Delete(FinishedPath(name));
        }
    }

    private string FinishedPath(string name) => Path.Combine(_finished.Value, name);
}

/// <summary>Files that are being read; dispose when done.</summary>
/// <param name="folder">Null when there are no files to release.</param>
public sealed class FileLease(ContentFolder? folder, IReadOnlyList<string> names) : IDisposable
{
    internal static readonly FileLease OfNothing = new(null, []);

    private int _released;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            folder?.Release(names);
    }
}

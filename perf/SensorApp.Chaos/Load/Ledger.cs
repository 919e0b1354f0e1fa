using System.Collections.Concurrent;
using SensorApp.Workload;

namespace SensorApp.Chaos.Load;

/// <summary>What the service has promised, and what it has shown so far. Safe for concurrent use.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, AcknowledgedFile> _acknowledged = new();
    private readonly ConcurrentDictionary<string, FileResults> _firstResults = new();
    private readonly ConcurrentQueue<AcknowledgedFile> _unseen = new();
    private int _refused;

    public int Count => _acknowledged.Count;

    /// <summary>Uploads that got no 202: their sender knows that they have to be sent again.</summary>
    public int Refused => _refused;

    public IReadOnlyCollection<AcknowledgedFile> Files => [.. _acknowledged.Values];

    public void Add(AcknowledgedFile file)
    {
        _acknowledged[file.FileId] = file;
        _unseen.Enqueue(file);
    }

    public void CountRefusal() => Interlocked.Increment(ref _refused);

    /// <summary>A file whose results were not seen yet, in turn; null when there is none.</summary>
    public AcknowledgedFile? AnyUnseen()
    {
        while (_unseen.TryDequeue(out var file))
        {
            if (!_firstResults.ContainsKey(file.FileId))
            {
                _unseen.Enqueue(file);
                return file;
            }
        }

        return null;
    }

    /// <summary>The first final results of a file that anybody saw: these, unless there are earlier ones.</summary>
    public FileResults RememberFirst(FileResults results) => _firstResults.GetOrAdd(results.FileId, results);
}

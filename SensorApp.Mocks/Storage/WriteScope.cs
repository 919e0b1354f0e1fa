namespace SensorApp.Mocks.Storage;

/// <summary>What one change of an <see cref="IWriteQueue"/> works with. Valid only while the change runs.</summary>
/// <param name="session">The open transaction; null in memory, where there is nothing to write to.</param>
public sealed class WriteScope(SqliteSession? session)
{
    private List<Action>? _committed;
    private List<Action>? _rolledBack;

    /// <summary>Where to write what must survive; null in memory. It sees the changes before this one, committed or not.</summary>
    public SqliteSession? Session => session;

    /// <summary>
    /// Runs once the change is durable and before its caller is answered, in the order of the changes. Must not throw.
    /// Changes of the same commit run before it: what they may need to see must be kept aside until then.
    /// </summary>
    public void OnCommit(Action action) => (_committed ??= []).Add(action);

    /// <summary>Runs when the change is undone, because it threw or its commit failed; the last registered first. Must not throw.</summary>
    public void OnRollback(Action action) => (_rolledBack ??= []).Add(action);

    internal void Commit() => _committed?.ForEach(action => action());

    internal void Rollback()
    {
        for (var i = (_rolledBack?.Count ?? 0) - 1; i >= 0; i--)
            _rolledBack![i](); // the loop does not run when it is null
    }
}

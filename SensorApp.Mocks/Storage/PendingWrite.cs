using Microsoft.Data.Sqlite;

namespace SensorApp.Mocks.Storage;

/// <summary>A change waiting for its turn and then for its commit.</summary>
internal abstract class PendingWrite
{
    /// <summary>Runs the change inside the open transaction; a change that throws is undone alone.</summary>
    /// <exception cref="SqliteException">The disk failed: the whole transaction is lost.</exception>
    public abstract void Run();

    public abstract void Complete();

    public abstract void Fail(Exception reason);
}

internal sealed class PendingWrite<T>(SqliteSession session, Func<WriteScope, T> change) : PendingWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WriteScope _scope = new(session);
    private Exception? _failure;
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Run()
    {
        session.Execute("SAVEPOINT change");

        try
        {
            _result = change(_scope);
        }
        catch (Exception failure) when (failure is not SqliteException)
        {
            _failure = failure;
            session.Execute("ROLLBACK TO change");
            _scope.Rollback();
        }

        session.Execute("RELEASE change");
    }

    public override void Complete()
    {
        if (_failure is not null)
        {
            _done.SetException(_failure);
            return;
        }

        _scope.Commit();
        _done.SetResult(_result!); // set by Run, which threw otherwise
    }

    public override void Fail(Exception reason)
    {
        if (_failure is null)
            _scope.Rollback();

        _done.SetException(_failure ?? reason);
    }
}

using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace SensorApp.Api.Storage.Aws;

/// <summary>
/// Sends a conditional write at once while none is under way; those that come in the meantime wait for its end and then travel
/// together, in one transaction. A call costs far more than a write, so this is what decides how many small files a
/// second there can be. Thread-safe.
/// </summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="mostTogether">Most writes in a transaction, so few that it stays below DynamoDB's 4 MB; 1: every write by itself.</param>
internal sealed class CombinedWrites(IAmazonDynamoDB dynamoDb, int mostTogether)
{
    // A call that hangs must not hold up those behind it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Queue<WaitingWrite> _waiting = [];
    private int _underWay;

    /// <summary>Makes one write, alone or with others; whether its condition holds does not depend on theirs.</summary>
    /// <param name="write">Makes the write's part of a transaction. No two writes to one item may be asked for at once.</param>
    /// <param name="aloneAsync">Makes the same write by itself, and says whether its condition held.</param>
    /// <param name="cancellationToken">Ends the wait; the write may still happen.</param>
    /// <returns>False when its condition did not hold.</returns>
    public async Task<bool> RunAsync(Func<TransactWriteItem> write, Func<Task<bool>> aloneAsync, CancellationToken cancellationToken)
    {
        if (mostTogether < 2)
        {
            return await aloneAsync();
        }

        if (TryEnqueue(write, aloneAsync) is { } waiting)
        {
            await using var overdue = new Timer(_ => SendOverdue(), state: null, LongestWait, LongestWait);
            return await waiting.Done.Task.WaitAsync(cancellationToken);
        }

        try
        {
            return await aloneAsync();
        }
        finally
        {
            SendNext();
        }
    }

    /// <summary>Null when none is under way: then it has the turn.</summary>
    private WaitingWrite? TryEnqueue(Func<TransactWriteItem> write, Func<Task<bool>> aloneAsync)
    {
        lock (_lock)
        {
            if (_underWay == 0)
            {
                _underWay++;
                return null;
            }

            var waiting = new WaitingWrite(write, aloneAsync);
            _waiting.Enqueue(waiting);
            return waiting;
        }
    }

    /// <summary>A call has ended: its turn goes to those who wait.</summary>
    private void SendNext()
    {
        List<WaitingWrite> together;

        lock (_lock)
        {
            together = Dequeue();

            if (together.Count == 0)
            {
                _underWay--;
                return;
            }
        }

        _ = SendAsync(together);
    }

    /// <summary>The call under way takes long: those who wait get a turn beside them.</summary>
    private void SendOverdue()
    {
        List<WaitingWrite> together;

        lock (_lock)
        {
            if (!_waiting.TryPeek(out var oldest) || Stopwatch.GetElapsedTime(oldest.Since) < LongestWait)
            {
                return;
            }

            together = Dequeue();
            _underWay++;
        }

        _ = SendAsync(together);
    }

    private List<WaitingWrite> Dequeue()
    {
        var together = new List<WaitingWrite>();

        while (together.Count < mostTogether && _waiting.TryDequeue(out var waiting))
        {
            together.Add(waiting);
        }

        return together;
    }

    /// <summary>Never throws: how it ends is told to those who wait.</summary>
    private async Task SendAsync(List<WaitingWrite> together)
    {
        // Else it would be seen in the trace of the file whose call has just ended.
        Activity.Current = together[0].Activity;
        await (together is [var single] ? single.SendAloneAsync() : SendTogetherAsync(together));
        SendNext();
    }

    private async Task SendTogetherAsync(List<WaitingWrite> together)
    {
        try
        {
            var request = new TransactWriteItemsRequest
            {
                // A retry whose first answer was lost carries the same token, and is answered as the first was.
                ClientRequestToken = Guid.NewGuid().ToString(),
                TransactItems = [.. together.Select(waiting => waiting.Write())],
            };
            await dynamoDb.TransactWriteItemsAsync(request, CancellationToken.None);
            together.ForEach(waiting => waiting.Done.TrySetResult(true));
        }
        catch (TransactionCanceledException)
        {
            // One condition that does not hold, or one item at work elsewhere, refuses all of them: each has to be told its own answer.
            await Task.WhenAll(together.Select(waiting => waiting.SendAloneAsync()));
        }
        catch (Exception failure)
        {
            together.ForEach(waiting => waiting.Done.TrySetException(failure));
        }
    }

    private sealed record WaitingWrite(Func<TransactWriteItem> Write, Func<Task<bool>> AloneAsync)
    {
        public long Since { get; } = Stopwatch.GetTimestamp();

        public Activity? Activity { get; } = Activity.Current;

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task SendAloneAsync()
        {
            try
            {
                Done.TrySetResult(await AloneAsync());
            }
            catch (Exception failure)
            {
                Done.TrySetException(failure);
            }
        }
    }
}

namespace Aspire.Hosting.Dashboard.Telemetry;

/// <summary>Keeps the newest items; adding never waits and drops the oldest. Safe to use from several threads.</summary>
internal sealed class RingBuffer<T>(int capacity)
{
    private readonly Lock gate = new();
    private readonly Queue<T> items = new();

    public void Add(T item)
    {
        lock (gate)
        {
            if (items.Count == capacity)
            {
                items.Dequeue();
            }

            items.Enqueue(item);
        }
    }

    /// <summary>A copy, oldest first.</summary>
    public T[] Snapshot()
    {
        lock (gate)
        {
            return [.. items];
        }
    }
}

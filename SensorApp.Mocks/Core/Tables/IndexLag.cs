namespace SensorApp.Mocks.Core.Tables;

/// <summary>By how much global indexes trail the writes to their tables; zero unless a fault asks for it. Thread-safe.</summary>
public sealed class IndexLag
{
    private long _ticks;

    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));
        set => Interlocked.Exchange(ref _ticks, value.Ticks);
    }
}

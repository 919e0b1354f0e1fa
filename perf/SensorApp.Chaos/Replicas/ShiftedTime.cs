namespace SensorApp.Chaos.Replicas;

/// <summary>A clock that is wrong by a fixed time; durations are right.</summary>
public sealed class ShiftedTime(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}

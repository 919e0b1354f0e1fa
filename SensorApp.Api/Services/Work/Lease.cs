namespace SensorApp.Api.Services.Work;

/// <summary>The right to work on one file. Its id is random, so nobody else can hold it; every write of the work is conditional on it.</summary>
/// <param name="Id">The fence.</param>
/// <param name="Until">When others may take the file, by the wall clock.</param>
/// <param name="TakenAt">When it was asked for, by this process's monotonic clock.</param>
public sealed record Lease(string Id, DateTimeOffset Until, long TakenAt)
{
    public static Lease New(TimeProvider clock, TimeSpan leaseTime) =>
        new(Guid.NewGuid().ToString("N"), clock.GetUtcNow() + leaseTime, clock.GetTimestamp());
}

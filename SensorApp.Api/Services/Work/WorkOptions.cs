using System.ComponentModel.DataAnnotations;

namespace SensorApp.Api.Services.Work;

/// <summary>Leases, attempts and looking for work: configuration section <c>Work</c>.</summary>
public sealed record WorkOptions : IValidatableObject
{
    public const string Section = "Work";

    /// <summary>How long a lease holds without a renewal.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>A lease is renewed so often, and with every write of progress.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:30:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A renewal that takes longer is given up and tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RenewCallLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Progress is written at most so often; work that ends sooner writes none.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Attempts that may count before a file is given up.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Pause between looks while there is nothing to do; it slows down to <see cref="LookEverySlow"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LookEverySlow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The acceptance of a file waits for a slot until none has come free for so long: a file that is left to whoever looks for
    /// work costs twice as many calls, so under a flood of small files this little wait makes all of them faster.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10", ParseLimitsInInvariantCulture = true)]
    public TimeSpan SlotPatience { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The acceptance of a file waits for a slot at most so long, even while slots do come free.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LongestSlotWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First delay before a file that was given back is tried again; doubles each time up to <see cref="LongestDelay"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After a start, the way of a file is rehearsed before the service says that it is ready, at most so long; 0: not at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan WarmUpLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>At shutdown, running files may finish within this time; then they are given back.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A holder that lives has renewed its lease within this time, even if the first call failed to answer.</summary>
    public TimeSpan LongestSilence => RenewEvery + RenewCallLimit + ProgressEvery;

    /// <summary>The delay after so many earlier ones.</summary>
    public TimeSpan DelayAfter(int earlier)
    {
        var doubled = FirstDelay * Math.Pow(2, Math.Min(earlier, 30));
        return doubled < LongestDelay ? doubled : LongestDelay;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LongestSilence >= LeaseTime)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(LeaseTime)} is '{LeaseTime}', but must be more than RenewEvery, RenewCallLimit and ProgressEvery together ({LongestSilence}).",
                [nameof(LeaseTime)]);
        }

        if (LookEverySlow < LookEvery)
        {
            yield return new ValidationResult($"{Section}:{nameof(LookEverySlow)} is '{LookEverySlow}', but must be at least LookEvery ({LookEvery}).", [nameof(LookEverySlow)]);
        }

        if (LongestDelay < FirstDelay)
        {
            yield return new ValidationResult($"{Section}:{nameof(LongestDelay)} is '{LongestDelay}', but must be at least FirstDelay ({FirstDelay}).", [nameof(LongestDelay)]);
        }
    }
}

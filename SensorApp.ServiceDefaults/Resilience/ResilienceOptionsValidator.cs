using Microsoft.Extensions.Options;

namespace SensorApp.ServiceDefaults.Resilience;

/// <summary>Names each value of the section <c>Resilience</c> that is not allowed.</summary>
internal sealed class ResilienceOptionsValidator : IValidateOptions<ResilienceOptions>
{
    private static readonly TimeSpan ShortestSampling = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ResilienceOptions options)
    {
        var failures = Check(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Check(ResilienceOptions options)
    {
        var circuit = options.CircuitBreaker;

        return new[]
        {
            Require(options.MaxRetries is >= 0 and <= 10, "MaxRetries", options.MaxRetries, "a whole number from 0 to 10"),
            Require(options.FirstDelay >= TimeSpan.Zero && options.FirstDelay <= options.MaxDelay, "FirstDelay", options.FirstDelay, "a time from 0 to MaxDelay"),
            Require(options.MaxDelay <= Longest, "MaxDelay", options.MaxDelay, "at most a day"),
            Require(options.AttemptTimeout > TimeSpan.Zero && options.AttemptTimeout <= options.TotalTimeout, "AttemptTimeout", options.AttemptTimeout, "a time above 0, at most TotalTimeout"),
            Require(options.TotalTimeout <= Longest, "TotalTimeout", options.TotalTimeout, "at most a day"),
            Require(circuit.FailureRatio is > 0 and <= 1, "CircuitBreaker:FailureRatio", circuit.FailureRatio, "above 0, at most 1"),
            Require(circuit.MinimumThroughput >= 2, "CircuitBreaker:MinimumThroughput", circuit.MinimumThroughput, "2 or more"),
            Require(circuit.SamplingDuration >= ShortestSampling && circuit.SamplingDuration <= Longest, "CircuitBreaker:SamplingDuration", circuit.SamplingDuration, "a time from half a second to a day"),
            Require(circuit.BreakDuration >= ShortestSampling && circuit.BreakDuration <= Longest, "CircuitBreaker:BreakDuration", circuit.BreakDuration, "a time from half a second to a day"),
        }.OfType<string>();
    }

    private static string? Require(bool holds, string setting, object value, string allowed) =>
        holds ? null : FormattableString.Invariant($"{ResilienceOptions.SectionName}:{setting} is '{value}', but must be {allowed}.");
}

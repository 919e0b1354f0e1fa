namespace SensorApp.Mocks.Faults;

/// <summary>Something that shall go wrong.</summary>
public sealed record Fault
{
    /// <summary>Closes the connection instead of an answer; nothing is done.</summary>
    public const string Drop = "drop";

    /// <summary>Does what was asked, and closes the connection in the middle of the answer.</summary>
    public const string ResetMidBody = "reset-mid-body";

    /// <summary>Never answers; nothing is done.</summary>
    public const string Hang = "hang";

    /// <summary>Given by the injector.</summary>
    public int Id { get; init; }

    /// <summary><c>s3</c> or <c>dynamodb</c>; null means both.</summary>
    public string? Service { get; init; }

    /// <summary>By AWS's name, for example <c>PutObject</c>; null means every one.</summary>
    public string? Operation { get; init; }

    /// <summary>An error code of the service, or one of the words above; null when only the latency is wanted.</summary>
    public string? Error { get; init; }

    /// <summary>From 0 to 1: the share of the calls that it hits.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How many calls it hits before it is over; null means no end.</summary>
    public int? Count { get; init; }

    /// <summary>How long a call that is hit waits first.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>By how much secondary indexes trail writes while this fault is on; zero when they do not.</summary>
    public TimeSpan IndexLag { get; init; }

    /// <summary>Where the dice start: the same seed and the same calls in the same order hit the same calls.</summary>
    public int Seed { get; init; }

    public bool Concerns(string service, string operation) =>
        (Service is null || Service == service) && (Operation is null || Operation == operation) && (Error is not null || Latency > TimeSpan.Zero);
}

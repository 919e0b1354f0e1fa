namespace SensorApp.Api.Services.Telemetry;

/// <summary>How an attempt to process a file ended.</summary>
public enum AttemptOutcome
{
    /// <summary>With a final status.</summary>
    Finished,

    /// <summary>It failed because of the file itself, and counts.</summary>
    Failed,

    /// <summary>The file was given back uncounted: the cloud was away, or this replica stops.</summary>
    GivenBack,

    /// <summary>Another replica may have the file by now.</summary>
    LeaseLost,

    /// <summary>Somebody cancelled or deleted the file.</summary>
    Cancelled,
}

/// <summary>The names of <see cref="AttemptOutcome"/> in telemetry.</summary>
public static class AttemptOutcomes
{
    public static string ToName(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Finished => "finished",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.GivenBack => "given_back",
        AttemptOutcome.LeaseLost => "lease_lost",
        _ => "cancelled",
    };
}

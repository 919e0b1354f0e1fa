namespace SensorApp.Benchmarks.Cloud;

/// <summary>Who answers.</summary>
internal enum CloudServerKind
{
    /// <summary>Kestrel with the stand-in's settings and nothing behind it: 200 without a body, whatever is asked.</summary>
    Static,

    /// <summary>The stand-in cloud, in memory.</summary>
    Memory,

    /// <summary>The stand-in cloud on a data folder.</summary>
    Durable,
}

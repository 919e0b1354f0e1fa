namespace SensorApp.Benchmarks.Engines;

internal enum EngineKind
{
    SensorApp,
    RawSylvan,
    SylvanBcl,
    DuckDbAll,
    DuckDbFour,
}

internal static class EngineKinds
{
    public static IEngine Create(this EngineKind kind, int threads) => kind switch
    {
        EngineKind.SensorApp => new SensorAppEngine(threads),
        EngineKind.RawSylvan => new RawSylvanEngine(),
        EngineKind.SylvanBcl => new SylvanBclEngine(),
        EngineKind.DuckDbAll => new DuckDbEngine(threads, all: true),
        _ => new DuckDbEngine(threads, all: false),
    };

    public static string Label(this EngineKind kind) => kind switch
    {
        EngineKind.SensorApp => "SensorApp, everything",
        EngineKind.RawSylvan => "raw Sylvan, nothing checked",
        EngineKind.SylvanBcl => "Sylvan + BCL, four statistics",
        EngineKind.DuckDbAll => "DuckDB, same statistics",
        _ => "DuckDB, four statistics",
    };

    /// <summary>Sylvan reads on one thread only, and raw it counts bad rows too.</summary>
    public static bool Suits(this EngineKind kind, int threads) => threads == 1 || kind is not (EngineKind.RawSylvan or EngineKind.SylvanBcl);

    public static bool RejectsBadRows(this EngineKind kind) => kind != EngineKind.RawSylvan;
}

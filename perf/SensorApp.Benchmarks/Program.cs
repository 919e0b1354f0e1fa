using BenchmarkDotNet.Running;

using SensorApp.Benchmarks;

return args switch
{
    ["compare", .. var rest] => await Comparison.RunAsync(CompareOptions.Parse(rest)),
    ["measure", .. var rest] => await Measurement.RunAsync(rest),
    ["pieces", .. var rest] => BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(rest).Any() ? 0 : 1,
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        compare [--rows 1000000,20000000] [--files clean,bad,quoted,crlf,million,unsorted] [--threads 1,2] [--repeats 5] [--json FILE]
            runs our engine, Sylvan and DuckDB over generated files, each in a process of its own, and compares them
        pieces [BenchmarkDotNet options]
            measures single pieces of the engine
        """);
    return 2;
}

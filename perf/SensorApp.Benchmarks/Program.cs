using BenchmarkDotNet.Running;

using SensorApp.Benchmarks;
using SensorApp.Benchmarks.Cloud;

const int Misused = 2;

return args switch
{
    ["compare", .. var rest] => TryParse(CompareOptions.Parse, rest) is { } options ? await Comparison.RunAsync(options) : Misused,
    ["measure", .. var rest] => await EngineProcess.ServeAsync(rest),
    ["cloud", .. var rest] => TryParse(CloudOptions.Parse, rest) is { } options ? await CloudComparison.RunAsync(options) : Misused,
    ["cloud-serve", .. var rest] => await CloudServer.ServeAsync(rest),
    ["pieces", .. var rest] => BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(rest).Any() ? 0 : 1,
    _ => Usage(),
};

static T? TryParse<T>(Func<IReadOnlyList<string>, T> parse, IReadOnlyList<string> options)
    where T : class
{
    try
    {
        return parse(options);
    }
    catch (ArgumentException wrong)
    {
        Console.Error.WriteLine(wrong.Message);
        return null;
    }
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        compare [--rows 1000000,20000000] [--files clean,bad,quoted,crlf,million,unsorted] [--threads 1,2] [--repeats 15] [--json FILE]
            runs our engine, Sylvan and DuckDB over generated files, each in a process of its own, and compares them
        cloud [--operations PutObject,GetObject,PutItem,GetItem,UpdateItem,Query] [--servers static,memory,durable] [--connections 1,32] [--repeats 3] [--seconds 2] [--data FOLDER] [--json FILE]
            measures the stand-in cloud beside the same web server that answers a static 200
        pieces [BenchmarkDotNet options]
            measures single pieces of the engine
        """);
    return Misused;
}

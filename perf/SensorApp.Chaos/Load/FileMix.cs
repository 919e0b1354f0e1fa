using SensorApp.Workload;

namespace SensorApp.Chaos.Load;

/// <summary>Files of all the ways through the service: kept in memory, read back from the store, uploaded in parts.</summary>
/// <param name="seed">Makes the mix repeatable.</param>
internal sealed class FileMix(int seed)
{
    private const int RowsOfAFileInParts = 150_000;

    private readonly FileGenerator _clean = new(seed, withErrors: false);
    private readonly FileGenerator _faulty = new(seed, withErrors: true);

    public GeneratedFile Generate(int index)
    {
        var random = new Random(unchecked((seed * 31) + index));
        var generator = random.Next(2) == 0 ? _clean : _faulty;
        return generator.Generate(index, RowsOf(random));
    }

    private static int RowsOf(Random random) => random.Next(120) switch
    {
        0 => RowsOfAFileInParts,
        < 20 => 5_000,
        < 60 => 1_000,
        _ => 50,
    };
}

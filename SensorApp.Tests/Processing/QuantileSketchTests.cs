using SensorApp.Api.Processing.Aggregation;

namespace SensorApp.Tests.Processing;

public sealed class QuantileSketchTests
{
    [Fact]
    public void Merge_MoreReadingsThanACounterHolds_CountsThemAll()
    {
        var lines = new SketchLines();
        var sketch = new QuantileSketch();
        Add(ref sketch, [20.5, 20.5, 21.5, -3], lines);

        for (var doublings = 0; doublings < 34; doublings++)
            sketch.Merge(sketch, lines, lines);

        const long Quarter = 1L << 34;
        AssertWithinAPercent(
            [-3, -3, 20.5, 20.5, 21.5, 21.5], ValuesAt(sketch, lines, 1, Quarter, Quarter + 1, 3 * Quarter, (3 * Quarter) + 1, 4 * Quarter));
    }

    /// <summary>Both ways of adding: values of one line, and of several.</summary>
    [Theory]
    [InlineData(7, 7.1)]
    [InlineData(7, 14)]
    public void Add_CounterThatWrapsAround_CarriesOver(double value, double next)
    {
        var lines = new SketchLines();
        var (sketch, powerOfTwo) = (new QuantileSketch(), new QuantileSketch());
        Add(ref powerOfTwo, [value], lines);

        // All bits of its counter: 2^0 + 2^1 + … + 2^31.
        for (var bit = 0; bit < 32; bit++)
        {
            sketch.Merge(powerOfTwo, lines, lines);
            powerOfTwo.Merge(powerOfTwo, lines, lines);
        }

        Add(ref sketch, [value, value, next], lines);

        const long All = 1L << 32;
        AssertWithinAPercent([value, value, value, next], ValuesAt(sketch, lines, 1, All - 1, All + 1, All + 2));
    }

    [Theory]
    [InlineData(20.5, 20.5, 21.5)]
    [InlineData(-20.5, -23.9, -20.1)]
    [InlineData(16.0, 31.999)]
    [InlineData(-1.0, 1.0)]
    [InlineData(-0.0, 0.0, 1.0)]
    [InlineData(double.Epsilon, 3 * double.Epsilon)]
    [InlineData(-double.Epsilon, double.Epsilon)]
    [InlineData(2.2250738585072014E-308, 2.2250738585072009E-308)]
    [InlineData(1e-300, 1.0, 1e300)]
    [InlineData(double.MaxValue, double.MaxValue)]
    public void Add_Run_CountsAsItsValuesOneByOne(params double[] run)
    {
        var lines = new SketchLines();
        var (together, oneByOne) = (new QuantileSketch(), new QuantileSketch());

        Add(ref together, run, lines);
        foreach (var value in run)
            Add(ref oneByOne, [value], lines);

        var values = AllOf(together, run.Length, lines);
        Assert.Equal(AllOf(oneByOne, run.Length, lines), values);
        AssertWithinAPercent([.. run.Order()], values);
    }

    [Fact]
    public void ValuesAt_ValuesOfAllMagnitudesAndBothSigns_AscendAndAreWithinAPercent()
    {
        double[] values = [.. Enumerable.Range(-290, 581).Select(exponent => Math.Pow(10, exponent)).SelectMany(value => new[] { -value, value })];
        var lines = new SketchLines();
        var sketch = new QuantileSketch();

        Add(ref sketch, values, lines);

        AssertWithinAPercent([.. values.Order()], AllOf(sketch, values.Length, lines));
    }

    [Fact]
    public void ValuesAt_SomeRanks_GivesWhatAllRanksGiveThere()
    {
        var random = new Random(7);
        double[] values = [.. Enumerable.Range(0, 500).Select(_ => Math.Round((random.NextDouble() * 60) - 20, 1))];
        var lines = new SketchLines();
        var sketch = new QuantileSketch();
        Add(ref sketch, values, lines);
        var all = AllOf(sketch, values.Length, lines);

        Assert.Equal([all[0], all[0], all[249], all[474], all[494], all[499]], ValuesAt(sketch, lines, 1, 1, 250, 475, 495, 500));
    }

    private static void Add(ref QuantileSketch sketch, double[] values, SketchLines lines) => sketch.Add(values, values.Min(), values.Max(), lines);

    private static double[] AllOf(in QuantileSketch sketch, int count, SketchLines lines) => ValuesAt(sketch, lines, [.. Enumerable.Range(1, count)]);

    private static double[] ValuesAt(in QuantileSketch sketch, SketchLines lines, params long[] ranks)
    {
        var values = new double[ranks.Length];
        sketch.ValuesAt(ranks, values, lines);
        return values;
    }

    // Of denormals the last digits are missing: what is left of them is a bucket of its own.
    private static void AssertWithinAPercent(double[] expected, double[] values) =>
        Assert.Equal(expected, values, (wanted, found) => Math.Abs(wanted - found) <= Math.Max(Math.Abs(wanted) * 0.01, double.Epsilon));
}

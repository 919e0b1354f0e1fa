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

        var buckets = BucketsOf(sketch, lines);
        Assert.Equal([1L << 34, 2L << 34, 1L << 34], buckets.Select(bucket => bucket.Count));
        Assert.Equal([-3, 20.5, 21.5], buckets.Select(bucket => bucket.Value), (wanted, found) => Math.Abs(wanted - found) <= Math.Abs(wanted) * 0.01);
    }

    [Fact]
    public void Add_CounterThatWrapsAround_CarriesOver()
    {
        var lines = new SketchLines();
        var sketch = new QuantileSketch();
        Add(ref sketch, [7], lines);
        for (var doublings = 0; doublings < 31; doublings++)
            sketch.Merge(sketch, lines, lines);
        var rest = new QuantileSketch();
        Add(ref rest, [7], lines);
        for (var doublings = 0; doublings < 31; doublings++)
            rest.Merge(rest, lines, lines);
        sketch.Merge(rest, lines, lines);

        Add(ref sketch, [7, 7], lines);

        var buckets = BucketsOf(sketch, lines);
        Assert.Equal((1L << 32) + 2, Assert.Single(buckets).Count);
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

        Assert.Equal(BucketsOf(oneByOne, lines), BucketsOf(together, lines));
        Assert.Equal(run.Length, BucketsOf(together, lines).Sum(bucket => bucket.Count));
    }

    [Fact]
    public void CopySorted_ValuesOfAllMagnitudesAndBothSigns_AscendAndAreWithinAPercent()
    {
        double[] values = [.. Enumerable.Range(-290, 581).Select(exponent => Math.Pow(10, exponent)).SelectMany(value => new[] { -value, value })];
        var lines = new SketchLines();
        var sketch = new QuantileSketch();

        Add(ref sketch, values, lines);

        Array.Sort(values);
        var buckets = BucketsOf(sketch, lines);
        Assert.Equal(values, buckets.Select(bucket => bucket.Value), (wanted, found) => Math.Abs(wanted - found) <= Math.Abs(wanted) * 0.01);
        Assert.All(buckets, bucket => Assert.Equal(1, bucket.Count));
    }

    private static void Add(ref QuantileSketch sketch, double[] values, SketchLines lines) => sketch.Add(values, values.Min(), values.Max(), lines);

    private static List<(double Value, long Count)> BucketsOf(in QuantileSketch sketch, SketchLines lines)
    {
        var buckets = new List<(double Value, long Count)>();
        sketch.CopySorted(lines, buckets);
        return buckets;
    }
}

using SensorApp.Api.Processing.Aggregation;

namespace SensorApp.Tests.Processing;

public sealed class QuantileSketchTests
{
    [Fact]
    public void Merge_MoreReadingsThanACounterHolds_CountsThemAll()
    {
        var lines = new SketchLines();
        var sketch = new QuantileSketch();
        sketch.Add([20.5, 20.5, 21.5, -3], lines);

        for (var doublings = 0; doublings < 34; doublings++)
            sketch.Merge(sketch, lines, lines);

        var buckets = new List<(double Value, long Count)>();
        sketch.CopySorted(lines, buckets);
        Assert.Equal([1L << 34, 2L << 34, 1L << 34], buckets.Select(bucket => bucket.Count));
        Assert.Equal([-3, 20.5, 21.5], buckets.Select(bucket => bucket.Value), (wanted, found) => Math.Abs(wanted - found) <= Math.Abs(wanted) * 0.01);
    }

    [Fact]
    public void Add_CounterThatWrapsAround_CarriesOver()
    {
        var lines = new SketchLines();
        var sketch = new QuantileSketch();
        sketch.Add([7], lines);
        for (var doublings = 0; doublings < 31; doublings++)
            sketch.Merge(sketch, lines, lines);
        var rest = new QuantileSketch();
        rest.Add([7], lines);
        for (var doublings = 0; doublings < 31; doublings++)
            rest.Merge(rest, lines, lines);
        sketch.Merge(rest, lines, lines);

        sketch.Add([7, 7], lines);

        var buckets = new List<(double Value, long Count)>();
        sketch.CopySorted(lines, buckets);
        Assert.Equal((1L << 32) + 2, Assert.Single(buckets).Count);
    }
}

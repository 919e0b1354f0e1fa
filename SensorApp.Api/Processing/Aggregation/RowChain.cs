namespace SensorApp.Api.Processing.Aggregation;

/// <summary>The rows of one sensor in one batch, in the order of the file.</summary>
/// <param name="Next">The number of the next row at each row's number, negative behind the last.</param>
/// <param name="First">Number of the first row.</param>
/// <param name="Ticks">UTC ticks of all rows of the batch.</param>
/// <param name="Values">Values of all rows of the batch.</param>
/// <param name="Position">Place of the batch in the file: added to a row's number it grows with the line.</param>
internal readonly record struct RowChain(int[] Next, int First, long[] Ticks, double[] Values, long Position);

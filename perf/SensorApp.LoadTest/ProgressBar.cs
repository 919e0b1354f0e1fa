using System.Diagnostics;
using System.Globalization;

namespace SensorApp.LoadTest;

/// <summary>A line on standard error that follows the run; silent where standard error is not a terminal.</summary>
/// <param name="phase">What is being counted.</param>
/// <param name="total">The count at the end.</param>
/// <param name="output">Where to draw; null draws nothing.</param>
public sealed class ProgressBar(string phase, int total, TextWriter? output)
{
    private const int Width = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Lock _drawing = new();
    private long _drawnAt;
    private int _done;

    public static TextWriter? Terminal => Console.IsErrorRedirected ? null : Console.Error;

    /// <summary>Counts one; safe to call from any thread.</summary>
    public void Advance()
    {
        var done = Interlocked.Increment(ref _done);

        if (output is null || (done < total && Stopwatch.GetElapsedTime(Interlocked.Read(ref _drawnAt)) < Interval))
        {
            return;
        }

        lock (_drawing)
        {
            Interlocked.Exchange(ref _drawnAt, Stopwatch.GetTimestamp());
            output.Write('\r' + Line(Volatile.Read(ref _done)));
        }
    }

    /// <summary>Ends the line.</summary>
    public void Complete() => output?.WriteLine();

    private string Line(int done)
    {
        var filled = (int)((long)Width * done / total);
        var bar = new string('#', filled).PadRight(Width, '.');
        var rate = done / Math.Max(Stopwatch.GetElapsedTime(_started).TotalSeconds, 0.001);
        return string.Create(CultureInfo.InvariantCulture, $"{phase,-9} [{bar}] {done}/{total}  {rate:0} files/s ");
    }
}

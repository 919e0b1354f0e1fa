using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace SensorApp.ServiceDefaults.Logging;

/// <summary>
/// Lines on their way to a destination, which gets many at once and aside from the work that they are about: no request waits for a disk or a
/// terminal, or in line for the one that does. An end of the process, also by an exception that nobody caught, waits until they are written; what
/// kills it takes the lines of its last <see cref="Delay"/>.
/// </summary>
internal sealed class LineQueue : IDisposable
{
    /// <summary>How long a line waits for company.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    /// <summary>Characters that a destination gets at once, but for a longer line: few enough that their text is no large object, which only collections of the whole heap free.</summary>
    public const int MostAtOnce = 32 * 1024;

    // More than can be made while one lot is written; a destination that stands still must not fill the memory.
    private const int MostWaiting = 50_000;

    // A terminal that takes nothing must not hold up the end of the process.
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(2);

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _ending = new();
    private readonly Action<string> _write;
    private readonly TimeProvider _clock;
    private readonly Task _writing;
    private long _lost;

    /// <param name="write">Takes the text of some lines. An <see cref="IOException"/> loses them.</param>
    /// <param name="clock">What time it is.</param>
    public LineQueue(Action<string> write, TimeProvider clock)
    {
        (_write, _clock) = (write, clock);
        _writing = Task.Run(WriteAllAsync);
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
        AppDomain.CurrentDomain.UnhandledException += OnEnd;
    }

    /// <summary>Leaves a line, with its end, to be written. It waits for nothing; where too many wait already, the line is lost and counted.</summary>
    public void Add(string line)
    {
        if (!_lines.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnEnd;
        AppDomain.CurrentDomain.UnhandledException -= OnEnd;
        End();
        _ending.Dispose();
    }

    private void OnEnd(object? sender, EventArgs end) => End();

    private void End()
    {
        if (_lines.Writer.TryComplete())
        {
            _ending.Cancel();
            _writing.Wait(LastWait);
        }
    }

    private async Task WriteAllAsync()
    {
        var text = new StringBuilder();

        while (await _lines.Reader.WaitToReadAsync())
        {
            await Task.Delay(Delay, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            while (_lines.Reader.TryRead(out var line))
            {
                if (text.Length > 0 && text.Length + line.Length > MostAtOnce)
                {
                    Write(text);
                }

                text.Append(line);
            }

            TellLost(text);
            Write(text);
        }
    }

    private void TellLost(StringBuilder text)
    {
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
        {
            text.Append(LogLine.Of(_clock.GetUtcNow(), LogLevel.Warning, fileId: null, typeof(LineQueue).FullName!, $"{lost} lines are lost: they could not be written as fast as they came.", exception: null)); // a class has a full name
        }
    }

    private void Write(StringBuilder text)
    {
        try
        {
            _write(text.ToString());
        }
        catch (IOException)
        {
            // There is nowhere to say so: that is where it would be said.
        }

        text.Clear();
    }
}

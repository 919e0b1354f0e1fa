using System.Buffers;
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

    // More than can be made while what was taken is written, which may be as many again; a destination that stands still must not fill the memory.
    private const int MostWaiting = 50_000;

    // A terminal that takes nothing must not hold up the end of the process.
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _some = new(0);
    private readonly TaskCompletionSource _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string> _write;
    private readonly TimeProvider _clock;
    private readonly Task _writing;

    private List<Lot> _lots = [];
    private int _count;
    private long _lost;

    /// <param name="write">Takes the text of some lines. What it throws loses them.</param>
    /// <param name="clock">What time it is.</param>
    public LineQueue(Action<string> write, TimeProvider clock)
    {
        (_write, _clock) = (write, clock);
        _writing = Task.Run(WriteAllAsync);
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
        AppDomain.CurrentDomain.UnhandledException += OnEnd;
    }

    /// <summary>Leaves a line, with its end, to be written. It waits for nothing; where too many wait already, the line is lost and counted.</summary>
    public void Add(ReadOnlySpan<char> line)
    {
        lock (_lock)
        {
            if (_ending.Task.IsCompleted)
            {
                return;
            }

            if (_count == MostWaiting)
            {
                _lost++;
                return;
            }

            Append(line);

            if (++_count > 1)
            {
                return;
            }
        }

        _some.Release();
    }

    public void Dispose()
    {
        End();
        AppDomain.CurrentDomain.ProcessExit -= OnEnd;
        AppDomain.CurrentDomain.UnhandledException -= OnEnd;
    }

    private void OnEnd(object? sender, EventArgs end) => End();

    /// <summary>Whoever ends the process waits, also where somebody else has begun to end it.</summary>
    private void End()
    {
        lock (_lock)
        {
            if (_ending.TrySetResult())
            {
                _some.Release();
            }
        }

        _writing.Wait(LastWait);
    }

    private async Task WriteAllAsync()
    {
        var isLast = false;

        while (!isLast)
        {
            await _some.WaitAsync();
            await _ending.Task.WaitAsync(Delay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            foreach (var lot in Take(out isLast))
            {
                Write(lot);
            }
        }
    }

    private List<Lot> Take(out bool isLast)
    {
        lock (_lock)
        {
            if (_lost > 0)
            {
                Append(LogLine.Of(_clock.GetUtcNow(), LogLevel.Warning, fileId: null, typeof(LineQueue).FullName!, $"{_lost} lines are lost: they could not be written as fast as they came.", exception: null)); // a class has a full name
            }

            var lots = _lots;
            (_lots, _count, _lost) = ([], 0, 0);
            isLast = _ending.Task.IsCompleted;
            return lots;
        }
    }

    private void Append(ReadOnlySpan<char> line)
    {
        if (_lots.Count == 0 || !_lots[^1].TryAppend(line))
        {
            _lots.Add(new Lot(line));
        }
    }

    private void Write(Lot lot)
    {
        try
        {
            _write(lot.TakeText());
        }
        catch (Exception)
        {
            // There is nowhere to say so: that is where it would be said. The next lines may fare better.
        }
    }

    /// <summary>
    /// Lines that are written at once. They wait in memory that is used again and again: as objects of their own, each garbage collection
    /// would copy them.
    /// </summary>
    private sealed class Lot
    {
        private readonly char[] _text;
        private int _length;

        public Lot(ReadOnlySpan<char> line)
        {
            _text = ArrayPool<char>.Shared.Rent(Math.Max(line.Length, MostAtOnce));
            line.CopyTo(_text);
            _length = line.Length;
        }

        public bool TryAppend(ReadOnlySpan<char> line)
        {
            if (_length + line.Length > MostAtOnce)
            {
                return false;
            }

            line.CopyTo(_text.AsSpan(_length));
            _length += line.Length;
            return true;
        }

        /// <summary>All of it, once.</summary>
        public string TakeText()
        {
            var text = new string(_text, 0, _length);
            ArrayPool<char>.Shared.Return(_text);
            return text;
        }
    }
}

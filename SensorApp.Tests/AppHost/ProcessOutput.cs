using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace SensorApp.Tests.AppHost;

/// <summary>What a process writes, read all the time: it never waits for a full pipe, and a failure can tell what it wrote last.</summary>
internal sealed class ProcessOutput
{
    private const int MaxLastLines = 60;

    private readonly Channel<string> unread = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> last = [];
    private readonly Task<string> error;

    public ProcessOutput(Process process)
    {
        _ = ReadAsync(process.StandardOutput);
        error = ReadErrorAsync(process.StandardError);
    }

    /// <summary>The lines of standard output, each given once; complete when the process has closed it.</summary>
    public ChannelReader<string> Lines => unread.Reader;

    /// <summary>All of standard error, once the process has closed it.</summary>
    public Task<string> Error => error;

    /// <summary>The newest lines of both.</summary>
    public string Last => string.Join(Environment.NewLine, last);

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            Keep(line);
            unread.Writer.TryWrite(line);
        }

        unread.Writer.Complete();
    }

    private async Task<string> ReadErrorAsync(StreamReader output)
    {
        var lines = new List<string>();

        while (await output.ReadLineAsync() is { } line)
        {
            Keep(line);
            lines.Add(line);
        }

        return string.Join(Environment.NewLine, lines);
    }

    private void Keep(string line)
    {
        last.Enqueue(line);

        while (last.Count > MaxLastLines)
        {
            last.TryDequeue(out _);
        }
    }
}

using System.Text;
using Microsoft.Extensions.Time.Testing;
using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.Tests.Logs;

public sealed class LineQueueTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 20, 5, 9, 120, TimeSpan.Zero));

    [Fact]
    public void Dispose_AfterManyLines_HasWrittenAllInOrderAndManyAtOnce()
    {
        const int Lines = 20_000;
        var lots = new List<string>();

        using (var queue = new LineQueue(lots.Add, _clock))
        {
            for (var line = 0; line < Lines; line++)
            {
                queue.Add($"{line}\n");
            }
        }

        Assert.Equal(Enumerable.Range(0, Lines).Select(line => $"{line}"), string.Concat(lots).TrimEnd('\n').Split('\n'));
        Assert.All(lots, lot => Assert.InRange(lot.Length, 1, LineQueue.MostAtOnce));
        Assert.InRange(lots.Count, 1, Lines / 100);
    }

    [Fact]
    public void Add_LineLongerThanALot_IsWrittenWhole()
    {
        var lots = new List<string>();
        var line = new string('x', 2 * LineQueue.MostAtOnce);

        using (var queue = new LineQueue(lots.Add, _clock))
        {
            queue.Add("short\n");
            queue.Add(line);
            queue.Add("short\n");
        }

        Assert.Equal($"short\n{line}short\n", string.Concat(lots));
    }

    [Fact]
    public async Task Add_NothingMoreComes_WritesAllTheSame()
    {
        var written = new TaskCompletionSource<string>();
        using var queue = new LineQueue(written.SetResult, _clock);

        queue.Add("alone\n");

        Assert.Equal("alone\n", await written.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Write_Fails_LosesThatLotAndGoesOn()
    {
        var written = new StringBuilder();
        using var failed = new ManualResetEventSlim();

        using (var queue = new LineQueue(lines =>
        {
            if (!failed.IsSet)
            {
                failed.Set();
                throw new IOException("the disk is full");
            }

            written.Append(lines);
        }, _clock))
        {
            queue.Add("first\n");
            failed.Wait(TestContext.Current.CancellationToken);
            queue.Add("second\n");
        }

        Assert.Equal("second\n", written.ToString());
    }

    [Fact]
    public void Add_DestinationStandsStill_LosesLinesWithoutWaitingAndSaysHowMany()
    {
        const int Lines = 60_000;
        var written = new StringBuilder();
        using var isBlocked = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();

        using (var queue = new LineQueue(lines =>
        {
            isBlocked.Set();
            goesOn.Wait();
            written.Append(lines);
        }, _clock))
        {
            queue.Add("0\n");
            isBlocked.Wait(TestContext.Current.CancellationToken);

            for (var line = 1; line < Lines; line++)
            {
                queue.Add($"{line}\n");
            }

            goesOn.Set();
        }

        var all = written.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal($"2026-11-23 20:05:09.120Z WRN {typeof(LineQueue)}: {Lines - (all.Length - 1)} lines are lost: they could not be written as fast as they came.", all[^1]);
        Assert.Equal(Enumerable.Range(0, all.Length - 1).Select(line => $"{line}"), all[..^1]);
        Assert.InRange(all.Length, 1_000, Lines - 1_000);
    }

    [Fact]
    public void Dispose_DestinationTakesNothing_ComesToAnEnd()
    {
        using var isBlocked = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        var queue = new LineQueue(_ =>
        {
            isBlocked.Set();
            goesOn.Wait();
        }, _clock);
        queue.Add("never seen\n");
        isBlocked.Wait(TestContext.Current.CancellationToken);

        queue.Dispose();

        Assert.False(goesOn.IsSet);
        goesOn.Set();
    }
}

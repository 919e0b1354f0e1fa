using System.Text;
using Microsoft.Extensions.Logging;
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

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(InvalidOperationException))]
    public void Write_Fails_LosesThatLotAndGoesOn(Type failure)
    {
        var written = new StringBuilder();
        using var failed = new ManualResetEventSlim();

        using (var queue = new LineQueue(lines =>
        {
            if (!failed.IsSet)
            {
                failed.Set();
                throw (Exception)Activator.CreateInstance(failure)!; // both have a constructor without parameters
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
    public void Add_ManyThreads_WritesEachLineOnceAndWholeInTheOrderOfItsThread()
    {
        const int Threads = 4;
        const int Lines = 10_000;
        var written = new StringBuilder();

        using (var queue = new LineQueue(lines => written.Append(lines), _clock))
        {
            Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
            {
                for (var line = 0; line < Lines; line++)
                {
                    queue.Add($"{thread} {line} {new string('x', line % 100)}\n");
                }
            });
        }

        var all = written.ToString().TrimEnd('\n').Split('\n').ToLookup(line => line[..1]);
        Assert.All(Enumerable.Range(0, Threads), thread =>
            Assert.Equal(Enumerable.Range(0, Lines).Select(line => $"{thread} {line} {new string('x', line % 100)}"), all[$"{thread}"]));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void AddTo_AnyLength_IsTheSameLineAsOf(int length)
    {
        var written = new StringBuilder();
        var message = new string('m', length);
        var failure = new InvalidOperationException(new string('e', length));

        using (var queue = new LineQueue(lines => written.Append(lines), _clock))
        {
            LogLine.AddTo(queue, _clock.GetUtcNow(), LogLevel.Error, "0199", "Category", message, failure);
        }

        Assert.Equal($"2026-11-23 20:05:09.120Z ERR [0199] Category: {message}\n{failure}\n", written.ToString());
        Assert.Equal(written.ToString(), LogLine.Of(_clock.GetUtcNow(), LogLevel.Error, "0199", "Category", message, failure));
    }

    [Fact]
    public async Task Dispose_DestinationTakesNothing_ComesToAnEndAndTheRestIsWrittenWhenItDoes()
    {
        using var isBlocked = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        var rest = new TaskCompletionSource<string>();
        var queue = new LineQueue(lines =>
        {
            if (isBlocked.IsSet)
            {
                rest.SetResult(lines);
            }

            isBlocked.Set();
            goesOn.Wait();
        }, _clock);
        queue.Add("first\n");
        isBlocked.Wait(TestContext.Current.CancellationToken);
        queue.Add("second\n");

        queue.Dispose();

        Assert.False(goesOn.IsSet);
        goesOn.Set();
        Assert.Equal("second\n", await rest.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Dispose_SomebodyElseEndsItAsWell_WaitsToo()
    {
        var written = new StringBuilder();
        using var isBlocked = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        var queue = new LineQueue(lines =>
        {
            isBlocked.Set();
            goesOn.Wait();
            written.Append(lines);
        }, _clock);
        queue.Add("first\n");
        isBlocked.Wait(TestContext.Current.CancellationToken);
        queue.Add("second\n");

        var ends = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            queue.Dispose();
            return written.ToString();
        }, TestContext.Current.CancellationToken)).ToList();
        goesOn.Set();

        Assert.All(await Task.WhenAll(ends), seen => Assert.Equal("first\nsecond\n", seen));
    }
}

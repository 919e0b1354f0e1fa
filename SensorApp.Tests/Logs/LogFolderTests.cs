using SensorApp.ServiceDefaults.Logging;

namespace SensorApp.Tests.Logs;

public sealed class LogFolderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 20, 5, 9, TimeSpan.Zero);

    [Fact]
    public void ReserveFile_FolderMissing_MakesItAndNamesTheFileAfterTheTime()
    {
        using var folder = new TemporaryFolder();

        var file = new LogFolder(Path.Combine(folder.Path, "new", "logs")).ReserveFile(Now);

        Assert.Equal("app_2026-11-23_20-05-09.log", Path.GetFileName(file));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task ReserveFile_ManyProcessesInOneSecond_GivesEachAFileOfItsOwn()
    {
        using var folder = new TemporaryFolder();

        var files = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            () => new LogFolder(folder.Path).ReserveFile(Now), TestContext.Current.CancellationToken)));

        Assert.Equal(20, files.Distinct().Count());
        Assert.All(files, file => Assert.Matches(@"app_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\.log$", file));
    }

    [Fact]
    public void ReserveFile_PathIsAFile_Throws()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "occupied");
        File.WriteAllText(file, "");

        Assert.ThrowsAny<IOException>(() => new LogFolder(file).ReserveFile(Now));
    }

    [Fact]
    public void RemoveOldest_MoreThanKept_LeavesTheNewestAndWhatIsNotALog()
    {
        using var folder = new TemporaryFolder();
        var logs = new LogFolder(folder.Path);
        var files = Enumerable.Range(0, 5).Select(second => Written(logs.ReserveFile(Now.AddSeconds(second)), Now.AddSeconds(second))).ToArray();
        var other = Path.Combine(folder.Path, "notes.log");
        File.WriteAllText(other, "");

        logs.RemoveOldest(keep: 2);

        Assert.Equal([files[3], files[4], other], Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
    }

    private static string Written(string file, DateTimeOffset time)
    {
        File.SetLastWriteTimeUtc(file, time.UtcDateTime);
        return file;
    }
}

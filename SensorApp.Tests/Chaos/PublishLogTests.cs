using SensorApp.Chaos.Verification;
using SensorApp.Tests.Api;
using SensorApp.Tests.Logs;

namespace SensorApp.Tests.Chaos;

/// <summary>The check reads what the API writes: each of the two must know the other's words.</summary>
public sealed class PublishLogTests
{
    private const string Small = "sensor_id,timestamp,value\na,2026-03-02T00:00:00Z,1\n";

    [Theory]
    [InlineData(true, "readings.csv")]
    [InlineData(true, "a (3 bytes) is accepted and failed: 1 rows.csv")]
    [InlineData(false, "readings.csv")]
    public async Task FindTwice_FileWhoseLineIsThereTwice_IsFound(bool isRecordedWithResults, string filename)
    {
        using var folder = new TemporaryFolder();
        string fileId;

        await using (var api = await ApiServer.StartAsync(switches: ApiServer.LogFilesIn(folder.Path)))
        {
            fileId = (await api.ProcessAsync(isRecordedWithResults ? Small : RecoveryTests.Large, filename))["file_id"]!.GetValue<string>(); // the API's answer names it
        }

        var once = PublishLog.FindTwice(folder.Path);
        File.Copy(Assert.Single(Directory.GetFiles(folder.Path)), Path.Combine(folder.Path, "again.log"));

        Assert.Empty(once);
        Assert.Equal([$"{fileId} was published 2 times"], PublishLog.FindTwice(folder.Path));
    }
}

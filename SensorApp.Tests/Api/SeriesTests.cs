namespace SensorApp.Tests.Api;

/// <summary>The route of the time series.</summary>
public sealed class SeriesTests
{
    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public async Task Series_ReadingAtTheEndsOfTime_IsInItsBucket(string time)
    {
        await using var api = await ApiServer.StartAsync();
        var file = await api.ProcessAsync($"sensor_id,timestamp,value\na,{time},1\n");

        var series = await api.GetJsonAsync($"/results/{file["file_id"]}/series?sensor=a");

        Assert.Equal(time, Assert.Single(series["buckets"]!.AsArray())!["start"]!.GetValue<string>());
    }
}

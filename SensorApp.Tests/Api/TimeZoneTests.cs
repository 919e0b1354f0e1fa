using System.Text.Json.Nodes;

namespace SensorApp.Tests.Api;

/// <summary>Timestamps without offset, in the zone that the upload names: what the start of daylight saving skips does not exist; what its end repeats is the second.</summary>
public sealed class TimeZoneTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2024-03-31T01:59:59", "2024-03-31T00:59:59Z")]
    [InlineData("Europe/Berlin", "2024-03-31T02:00:00", null)]
    [InlineData("Europe/Berlin", "2024-03-31T02:59:59.999999999", null)]
    [InlineData("Europe/Berlin", "2024-03-31T03:00:00", "2024-03-31T01:00:00Z")]
    [InlineData("Europe/Berlin", "2024-10-27T01:59:59", "2024-10-26T23:59:59Z")]
    [InlineData("Europe/Berlin", "2024-10-27T02:00:00", "2024-10-27T01:00:00Z")]
    [InlineData("Europe/Berlin", "2024-10-27T02:30:00", "2024-10-27T01:30:00Z")]
    [InlineData("Europe/Berlin", "2024-10-27T02:30:00+02:00", "2024-10-27T00:30:00Z")]
    [InlineData("Europe/Berlin", "2024-10-27T03:00:00", "2024-10-27T02:00:00Z")]
    [InlineData("America/New_York", "2024-03-10T02:30", null)]
    [InlineData("America/New_York", "2024-11-03 01:30", "2024-11-03T06:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2024-10-06T02:15:00", null)]
    [InlineData("Australia/Lord_Howe", "2024-04-07T01:45:00", "2024-04-06T15:15:00Z")]
    [InlineData("Europe/Dublin", "2024-10-27T01:30:00", "2024-10-27T01:30:00Z")]
    [InlineData("Europe/Dublin", "2024-03-31T01:30:00", null)]
    [InlineData("Europe/Moscow", "2014-10-26T01:30:00", "2014-10-25T22:30:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30T12:00:00", null)]
    [InlineData("Asia/Kathmandu", "2024-03-31T02:30:00", "2024-03-30T20:45:00Z")]
    [InlineData("UTC", "2024-03-31T02:30:00", "2024-03-31T02:30:00Z")]
    public async Task Upload_TimestampWithoutOffset_IsReadInTheZoneOfTheUpload(string zone, string timestamp, string? utc)
    {
        await using var api = await ApiServer.StartAsync();

        var result = await api.ProcessAsync($"sensor_id,timestamp,value\na,{timestamp},1\n", query: $"&timezone={zone}");

        Assert.Equal(utc, result["aggregated_data"]!["a"]?["first"]?.GetValue<string>());
        Assert.Equal(utc is null ? """{"timestamp_invalid":1}""" : "{}", result["errors_by_reason"]!.ToJsonString());
    }

    [Fact]
    public async Task Reprocess_FileWithAZone_IsReadInItAgain()
    {
        await using var api = await ApiServer.StartAsync();
        var fileId = (await api.ProcessAsync("sensor_id,timestamp,value\na,2024-07-01T12:00:00,1\n", query: "&timezone=Europe/Berlin"))["file_id"]!.GetValue<string>();

        using var answer = await api.Http.PostAsync($"/files/{fileId}/reprocess", content: null, TestContext.Current.CancellationToken);
        JsonNode? result = null;
        await ApiServer.UntilAsync(async () => (result = await api.GetJsonAsync($"/results/{fileId}"))["status"]!.GetValue<string>() == "processed");

        Assert.Equal("2024-07-01T10:00:00Z", result!["aggregated_data"]!["a"]!["first"]!.GetValue<string>());
        Assert.Equal("Europe/Berlin", (await api.GetJsonAsync($"/files/{fileId}"))["timezone"]!.GetValue<string>());
    }
}

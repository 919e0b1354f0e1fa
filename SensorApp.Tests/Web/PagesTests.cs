using System.Net;

namespace SensorApp.Tests.Web;

public sealed class PagesTests : IAsyncLifetime
{
    private FakeApi api = null!; // set before each test
    private WebUnderTest web = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        api = await FakeApi.StartAsync();
        web = await WebUnderTest.StartAsync(api.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task Index_NoFiles_OffersTheSampleData()
    {
        var page = await web.GetPageAsync("/");

        Assert.Contains("Load the sample data", page, StringComparison.Ordinal);
        Assert.Contains("action=\"/api/upload\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_UnfinishedFile_RefreshesItselfWithoutScript()
    {
        api.Add(new() { Status = "processing", Progress = (1_200, 3, 9_000) });

        var page = await web.GetPageAsync("/");

        Assert.Contains("<noscript><meta http-equiv=\"refresh\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_AllFinished_DoesNotRefresh()
    {
        api.Add(FakeFile.Partial());

        var page = await web.GetPageAsync("/");

        Assert.DoesNotContain("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        Assert.Contains("greenhouse.csv", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_Partial_TellsCountsSensorsAndRejectedRows()
    {
        var file = api.Add(FakeFile.Partial());

        var page = await web.GetPageAsync($"/files/{file.FileId}");

        Assert.Contains("200 of 201 rows are valid, from 2 sensors; 1 row was rejected", page, StringComparison.Ordinal);
        Assert.Contains("south", page, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"range\"", page, StringComparison.Ordinal);
        Assert.Contains("north,2026-03-02T00:00:00Z,<mark>21.5 C</mark>", page, StringComparison.Ordinal);
        Assert.Contains("Write digits with a point", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ColumnMissing_TellsWhatIsAcceptedAndSetsNamesAsCode()
    {
        var file = api.Add(new() { Status = "failed", Error = ("column_missing", "Found `<b>`, expected one of `value`.") });

        var page = await web.GetPageAsync($"/files/{file.FileId}");

        Assert.Contains("Found <code>&lt;b&gt;</code>, expected one of <code>value</code>.", page, StringComparison.Ordinal);
        Assert.Contains("Rename a column in the first line", page, StringComparison.Ordinal);
        Assert.Contains("<code>measurement</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_FlatSensor_IsNamedWithTheRule()
    {
        var file = api.Add(FakeFile.Partial() with { Sensors = [new("valve", 1, 1, 1), new("north", 20, 18, 24)] });

        var page = await web.GetPageAsync($"/files/{file.FileId}");

        Assert.Contains("Worth a look", page, StringComparison.Ordinal);
        Assert.Contains("All 100 readings have the same value.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WithAKey_NamesTheKeysHeaderInTheCurlLines()
    {
        api.Key = "secret";
        var file = api.Add(FakeFile.Partial());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/files/{file.FileId}");
        request.Headers.Add("Cookie", "sensorapp-key=secret");

        using var response = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("X-Api-Key: $SENSORAPP_KEY", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_NamesThatAreMarkup_StayText()
    {
        var file = api.Add(FakeFile.Partial("<script>alert(1)</script>.csv") with { Sensors = [new("\"><img src=x onerror=alert(2)>", 1, 0, 2)] });

        var page = await web.GetPageAsync($"/files/{file.FileId}");

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/files/0123456789abcdef0123456789abcdef")]
    [InlineData("/files/no-such-id")]
    [InlineData("/nowhere")]
    public async Task Page_Unknown_Is404AndReadable(string path)
    {
        using var response = await web.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Not found", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Any_ForbidsInlineScriptAndForeignSources()
    {
        using var response = await web.Client.GetAsync("/", TestContext.Current.CancellationToken);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_WithoutTheFormsToken_IsRefused()
    {
        var file = api.Add(FakeFile.Partial());

        using var response = await web.Client.PostAsync($"/files/{file.FileId}/delete", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(api.Changes.Reader.TryRead(out _));
    }
}

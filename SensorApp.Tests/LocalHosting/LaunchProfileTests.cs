using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace SensorApp.Tests.LocalHosting;

public sealed class LaunchProfileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "http")]
    [InlineData("--DOTNET_LAUNCH_PROFILE=other", "other")]
    [InlineData("--DOTNET_LAUNCH_PROFILE=unknown", "http")]
    [InlineData("--AppHost:DefaultLaunchProfileName=other", "other")]
    public void AddProject_NoProfileNamed_TakesThePreferredOneElseTheFirstThatRunsTheProject(string argument, string expected)
    {
        var project = SampleApplication.CreateBuilder(argument).AddProject<SampleProject>("only").Resource;

        Assert.Equal(expected, project.LaunchProfile?.EnvironmentVariables?["PROFILE"]);
    }

    [Fact]
    public void AddProject_ProfileNamed_GetsItsAddressesAsEndpoints()
    {
        var project = SampleApplication.CreateBuilder("--DOTNET_LAUNCH_PROFILE=http").AddProject<SampleProject>("only", launchProfileName: "other").Resource;

        Assert.Equal(["http", "http2"], project.Endpoints.Select(endpoint => endpoint.Name));
    }

    [Fact]
    public void AddProject_UnknownProfileNamed_SaysWhereItShouldBe()
    {
        var failure = Assert.ThrowsAny<Exception>(() => SampleApplication.CreateBuilder().AddProject<SampleProject>("only", launchProfileName: "missing"));

        Assert.Contains("launchSettings.json has no profile 'missing'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithProfile_ItsVariablesApplyUnlessDeclared()
    {
        var builder = SampleApplication.CreateBuilder();
        builder.AddProject<SampleProject>("only").WithHttpHealthCheck("/health").WithEnvironment("TEXT", "declared");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);
        using var client = app.CreateHttpClient("only");

        var environment = await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", Cancellation) ?? [];

        Assert.Equal(("http", "declared"), (environment["PROFILE"], environment["TEXT"]));
        Assert.Equal(app.GetEndpoint("only").GetLeftPart(UriPartial.Authority), environment["ASPNETCORE_URLS"]);
    }
}

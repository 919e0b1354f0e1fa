using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using SensorApp.ServiceDefaults;

namespace SensorApp.Tests.ServiceDefaults;

public sealed class HealthProbeTests
{
    [Theory]
    [InlineData(StatusCodes.Status200OK, 0)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 1)]
    public async Task Run_ServiceAnswers_ExitsByItsHealth(int status, int expectedExitCode)
    {
        await using var service = WebApplication.CreateSlimBuilder().Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.MapGet("/health", () => Results.StatusCode(status));
        await service.StartAsync(TestContext.Current.CancellationToken);

        var exitCode = await HealthProbe.RunAsync(ServiceIdentity.Api, ["--health", "--urls", service.Urls.First()]);

        Assert.Equal(expectedExitCode, exitCode);
    }

    [Fact]
    public async Task Run_NothingListens_ExitsWithOne()
    {
        // Port 9 is the discard service's, which nobody runs.
        var exitCode = await HealthProbe.RunAsync(ServiceIdentity.Api, ["--health", "--urls", "http://127.0.0.1:9"]);

        Assert.Equal(1, exitCode);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://+:9000", "http://localhost:9000/")]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:9000;http://localhost:9001", "http://localhost:9000/")]
    [InlineData("PORT", "9002", "http://localhost:9002/")]
    public void Address_AsConfigured_IsReachableFromTheSameMachine(string name, string value, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

        var address = HealthProbe.Address(ServiceIdentity.Api, configuration);

        Assert.Equal(expected, address.ToString());
    }
}

using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace SensorApp.Tests.LocalHosting;

public sealed class EnvironmentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_ServiceWithReference_TellsItTheAddressOfEachReplica()
    {
        var builder = SampleApplication.CreateBuilder();
        var first = builder.AddService("first-one").WithReplicas(2);
        builder.AddService("second").WithReference(first).WaitFor(first);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        var environment = await EnvironmentOfAsync(app, "second");

        var address = app.GetEndpoint("first-one").GetLeftPart(UriPartial.Authority);
        Assert.Equal(address, environment["services__first-one__http__0"]);
        Assert.Equal(address, environment["FIRST_ONE_HTTP"]);
        Assert.StartsWith("http://localhost:", environment["services__first-one__http__1"], StringComparison.Ordinal);
        Assert.NotEqual(address, environment["services__first-one__http__1"]);
    }

    [Fact]
    public async Task Start_Service_ListensOnItsEndpointAndNamesItselfInTelemetry()
    {
        var builder = SampleApplication.CreateBuilder("--environment=Development");
        builder.AddService("only");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        var environment = await EnvironmentOfAsync(app, "only");

        Assert.Equal(app.GetEndpoint("only").GetLeftPart(UriPartial.Authority), environment["ASPNETCORE_URLS"]);
        Assert.Equal("only", environment["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service\\.instance\\.id=.+$", environment["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("1000", environment["OTEL_BSP_SCHEDULE_DELAY"]);
        Assert.Equal("always_on", environment["OTEL_TRACES_SAMPLER"]);
        Assert.DoesNotContain("ASPNETCORE_ENVIRONMENT", environment.Keys);
        Assert.DoesNotContain("DOTNET_LAUNCH_PROFILE", environment.Keys);
        Assert.DoesNotContain("DOTNET_STARTUP_HOOKS", environment.Keys);
    }

    [Fact]
    public async Task Start_DeclaredVariables_AreResolvedAndLaterOnesWin()
    {
        var builder = SampleApplication.CreateBuilder();
        var service = builder.AddService("only");
        service.WithEnvironment("TEXT", "first")
            .WithEnvironment("TEXT", "second")
            .WithEnvironment("FUNCTION", () => "computed")
            .WithEnvironment("ADDRESS", service.GetEndpoint("http"))
            .WithEnvironment("PARAMETER", builder.AddParameter("parameter", "value", secret: true))
            .WithEnvironment(context => context.EnvironmentVariables["CALLBACK"] = context.Resource.Name);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);

        var environment = await EnvironmentOfAsync(app, "only");

        Assert.Equal(
            ["second", "computed", app.GetEndpoint("only").GetLeftPart(UriPartial.Authority), "value", "only"],
            [environment["TEXT"], environment["FUNCTION"], environment["ADDRESS"], environment["PARAMETER"], environment["CALLBACK"]]);
    }

    [Fact]
    public async Task Start_Service_RunsInItsProjectFolder()
    {
        var builder = SampleApplication.CreateBuilder();
        builder.AddService("only");
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("only", Cancellation);
        using var client = app.CreateHttpClient("only");

        var folder = await client.GetStringAsync("/folder", Cancellation);

        Assert.Equal(Path.GetDirectoryName(new SampleProject().ProjectPath), folder);
    }

    private static async Task<Dictionary<string, string>> EnvironmentOfAsync(DistributedApplication app, string resource)
    {
        await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, Cancellation);
        using var client = app.CreateHttpClient(resource);
        return await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", Cancellation) ?? [];
    }
}

using Aspire.Hosting.Testing;

namespace SensorApp.Tests.AppHost;

/// <summary>What the AppHost declares for which settings; nothing is started.</summary>
public sealed class ApplicationModelTests
{
    [Theory]
    [InlineData("", "api mocks web")]
    [InlineData("--UI=off", "api mocks")]
    [InlineData("--CLOUD=aws", "api web")]
    public async Task Create_ProcessLeftOutBySetting_IsNotDeclared(string argument, string expected)
    {
        await using var builder = await CreateAsync(argument);

        // Aspire adds resources of its own, such as its dashboard.
        var names = builder.Resources.Select(resource => resource.Name).Intersect(["api", "mocks", "web"]).Order(StringComparer.Ordinal);

        Assert.Equal(expected, string.Join(' ', names));
    }

    [Fact]
    public async Task Create_SecretSetting_IsAParameterAndNoPlainText()
    {
        await using var builder = await CreateAsync("--API_KEYS=one,two");

        Assert.Contains(builder.Resources, resource => resource.Name == "api-api-keys");
    }

    [Fact]
    public async Task Create_InATest_ContentRootIsTheAppHostsFolder()
    {
        await using var builder = await CreateAsync("");

        Assert.Equal(
            Projects.SensorApp_AppHost.ProjectPath.TrimEnd(Path.DirectorySeparatorChar), builder.Environment.ContentRootPath.TrimEnd(Path.DirectorySeparatorChar));
    }

    [Fact]
    public async Task Create_ValueNotAllowed_DoesNotGetAsFarAsABuilder()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => CreateAsync("--MAX_CONCURRENT_TASKS=none"));
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(string argument) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.SensorApp_AppHost>(
            argument.Length == 0 ? [] : [argument], TestContext.Current.CancellationToken);
}

namespace SensorApp.Tests.AppHost;

public sealed class AspireSwitchTests
{
    [Fact]
    public async Task Run_FeedServesAspire_UsesItFromTheFirstRunOnAndRemembers()
    {
        using var repository = new SwitchRepository();
        repository.ServeAspire();

        var cold = await repository.RunAppHostAsync();
        var answer = repository.Answer;
        var warm = await repository.RunAppHostAsync();

        Assert.Equal((0, "Built with Aspire"), (cold.ExitCode, LastLine(cold)));
        Assert.Contains("<AspireFound>true<", answer, StringComparison.Ordinal);
        Assert.Equal((0, "Built with Aspire"), (warm.ExitCode, LastLine(warm)));
        Assert.Equal(answer, repository.Answer);
    }

    [Fact]
    public async Task Run_FeedHasNoAspireAtFirst_UsesLocalHostingUntilItIsAskedAgain()
    {
        using var repository = new SwitchRepository();

        var cold = await repository.RunAppHostAsync();
        repository.ServeAspire();
        var sameDay = await repository.RunAppHostAsync();
        repository.AgeAnswer();
        var nextDay = await repository.RunAppHostAsync();

        Assert.Equal((0, "Built with local hosting"), (cold.ExitCode, LastLine(cold)));
        Assert.Equal("Built with local hosting", LastLine(sameDay));
        Assert.Equal((0, "Built with Aspire"), (nextDay.ExitCode, LastLine(nextDay)));
    }

    [Fact]
    public async Task Run_SwitchedOffExplicitly_UsesLocalHostingAndDoesNotAsk()
    {
        using var repository = new SwitchRepository();
        repository.ServeAspire();

        var run = await repository.RunAppHostAsync(useAspire: "false");

        Assert.Equal((0, "Built with local hosting"), (run.ExitCode, LastLine(run)));
        Assert.Empty(repository.Answer);
    }

    [Fact]
    public async Task Run_SwitchedOnExplicitlyWithoutPackages_FailsNamingTheSdk()
    {
        using var repository = new SwitchRepository();

        var run = await repository.RunAppHostAsync(useAspire: "true");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Aspire.AppHost.Sdk", run.All, StringComparison.Ordinal);
    }

    private static string LastLine(CommandResult result) => result.Output.TrimEnd().Split('\n')[^1].Trim();
}

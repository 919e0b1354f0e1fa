using Microsoft.Extensions.Configuration;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Tests.ServiceDefaults;

public sealed class SettingTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("0")]
    [InlineData("1001")]
    public void Read_ValueNotAllowed_NamesSettingValueAndWhatIsAllowed(string text)
    {
        var configuration = Configuration("MAX_CONCURRENT_TASKS", text);

        var failure = Assert.Throws<InvalidSettingException>(() => KnownSettings.MaxConcurrentTasks.Read(configuration));

        Assert.Equal($"MAX_CONCURRENT_TASKS is '{text}', but must be a whole number from 1 to 1000.", failure.Message);
    }

    [Fact]
    public void Read_EachSettingWithoutValue_TakesItsDefault()
    {
        var nothing = new ConfigurationBuilder().Build();

        Assert.Equal(8000, KnownSettings.Port.Read(nothing));
        Assert.Equal(10, KnownSettings.MaxConcurrentTasks.Read(nothing));
        Assert.True(KnownSettings.Ui.Read(nothing));
        Assert.Empty(KnownSettings.ApiKeys.Read(nothing));
    }

    private static IConfiguration Configuration(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}

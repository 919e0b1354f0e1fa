using SensorApp.Chaos;

namespace SensorApp.Tests.Chaos;

public sealed class ChaosOptionsTests
{
    [Fact]
    public void Parse_SomeScenarios_TakesThoseInTheirOrder()
    {
        var options = ChaosOptions.Parse(["--scenarios", "d,a3", "--files", "2000", "--blows", "100"]);

        Assert.Equal(["d", "a3"], options.Scenarios.Select(scenario => scenario.Key));
        Assert.Equal((2000, 100), (options.Files, options.Blows));
    }

    [Theory]
    [InlineData("--scenarios z", "There is no scenario 'z'; there are a1, a3, b, c, d, e, f, g, h.")]
    [InlineData("--files 0", "--files is '0', but must be a whole number above 0.")]
    [InlineData("--gently", "--gently is not an option; --help lists them.")]
    public void Parse_WhatIsNotAllowed_SaysWhatIs(string arguments, string message)
    {
        var failure = Assert.Throws<FormatException>(() => ChaosOptions.Parse(arguments.Split(' ')));

        Assert.Equal(message, failure.Message);
    }
}

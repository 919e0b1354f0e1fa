using SensorApp.LoadTest;

namespace SensorApp.Tests.LoadTest;

public sealed class LoadTestOptionsTests
{
    [Fact]
    public void Parse_NoArguments_TakesTheDefaults()
    {
        var options = LoadTestOptions.Parse([]);

        Assert.Equal(new LoadTestOptions { Files = 50, Concurrency = 10, Size = FileSize.Small, ApiUrl = new Uri("http://localhost:8000") }, options);
    }

    [Fact]
    public void Parse_EveryOption_IsTakenOver()
    {
        string[] arguments =
            ["--files", "500", "--concurrency=50", "--size", "large", "--errors", "--wait", "--delete", "--api-url", "http://sensors.example:81", "--json"];

        var options = LoadTestOptions.Parse(arguments);

        Assert.Equal(
            new LoadTestOptions
            {
                Files = 500,
                Concurrency = 50,
                Size = FileSize.Large,
                Errors = true,
                Wait = true,
                Delete = true,
                ApiUrl = new Uri("http://sensors.example:81"),
                Json = true,
            },
            options);
    }

    [Theory]
    [InlineData("--files 0", "--files is '0', but must be a whole number from 1 to 1000000.")]
    [InlineData("--concurrency many", "--concurrency is 'many', but must be a whole number from 1 to 10000.")]
    [InlineData("--size huge", "--size is 'huge', but must be small, medium or large.")]
    [InlineData("--api-url localhost", "--api-url is 'localhost', but must be an absolute http or https address.")]
    [InlineData("--files", "--files needs a value.")]
    [InlineData("--fast", "--fast is not an option; --help lists them.")]
    public void Parse_WhatIsNotAllowed_SaysWhatWasFoundAndWhatIsAllowed(string arguments, string message)
    {
        var failure = Assert.Throws<InvalidOptionException>(() => LoadTestOptions.Parse(arguments.Split(' ')));

        Assert.Equal(message, failure.Message);
    }
}

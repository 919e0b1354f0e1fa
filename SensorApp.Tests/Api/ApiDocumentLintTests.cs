namespace SensorApp.Tests.Api;

public sealed class ApiDocumentLintTests
{
    /// <summary>Rules of <c>recommended</c>, of which even the warnings are errors.</summary>
    private const string Rules = "recommended-strict";

    private static readonly ExternalTool Linter = new("redocly", "REQUIRE_OPENAPI_LINT", "npm install @redocly/cli");

    [Fact]
    public async Task Document_UnderTheLintersRecommendedRules_HasNoFault()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("openapi-").FullName;
        var file = Path.Combine(folder, "v1.json");

        try
        {
            await using var api = await ApiServer.StartAsync();
            await File.WriteAllTextAsync(file, await api.Http.GetStringAsync("/openapi/v1.json", cancellationToken), cancellationToken);

            var (exitCode, output) = await LintAsync(folder, file, cancellationToken);

            Assert.True(exitCode == 0, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<(int ExitCode, string Output)> LintAsync(string folder, string file, CancellationToken cancellationToken) => Linter.RunAsync(
        ["lint", "--extends", Rules, file],
        start =>
        {
            start.WorkingDirectory = folder;
            // Neither asks nor tells anybody anything.
            start.Environment["REDOCLY_TELEMETRY"] = "off";
            start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        },
        cancellationToken);
}

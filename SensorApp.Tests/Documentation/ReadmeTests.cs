using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Tests.Documentation;

public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "README.md"));

    [Fact]
    public void SettingsTable_EveryKnownSetting_StandsThereAsTheCodeHasIt()
    {
        var rows = KnownSettings.All.Select(setting => $"| `{setting.Name}` | {DefaultOf(setting)} | {setting.Allowed} | {setting.Meaning} |");
        var expected = string.Join('\n', ["| setting | default | allowed | meaning |", "|---|---|---|---|", .. rows]);

        Assert.Equal(expected, Between("<!-- settings -->", "<!-- /settings -->").Trim(), ignoreLineEndingDifferences: true);
    }

    private static string DefaultOf(Setting setting) => setting.DefaultText.Length == 0 ? "–" : $"`{setting.DefaultText}`";

    private static string Between(string start, string end)
    {
        var from = Readme.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return Readme[from..Readme.IndexOf(end, from, StringComparison.Ordinal)];
    }
}

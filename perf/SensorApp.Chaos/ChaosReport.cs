using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Serialization;

namespace SensorApp.Chaos;

/// <summary>What all scenarios of a run found.</summary>
public sealed record ChaosReport(string Runtime, string Machine, IReadOnlyList<ScenarioReport> Scenarios)
{
    public static ChaosReport Of(IReadOnlyList<ScenarioReport> scenarios) => new(
        RuntimeInformation.FrameworkDescription,
        FormattableString.Invariant($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
        scenarios);

    public bool AllKept => Scenarios.All(scenario => scenario.Findings.AreNone);

    /// <summary>One line a scenario, and the sum of all.</summary>
    public string ToText()
    {
        var text = new StringBuilder();

        foreach (var scenario in Scenarios)
        {
            text.AppendLine(LineOf(scenario));
            AppendFindings(text, scenario);
        }

        text.AppendLine();
        text.AppendLine(FormattableString.Invariant(
            $"together: {Scenarios.Sum(scenario => scenario.Acknowledged)} acknowledged files, {Scenarios.Sum(KillsOf)} kills; {SumOf(Scenarios)}"));
        return text.ToString();
    }

    public static string LineOf(ScenarioReport scenario)
    {
        var done = string.Join(", ", scenario.Done.Select(done => FormattableString.Invariant($"{done.Value} {done.Key}")));
        return FormattableString.Invariant(
            $"{scenario.Scenario,-3} {scenario.Title}: {scenario.Acknowledged} files, {done}, {scenario.Refused} uploads refused, {scenario.Seconds:0} s; {SumOf([scenario])}");
    }

    private static int KillsOf(ScenarioReport scenario) =>
        scenario.Done.Where(done => done.Key is "kills" or "processes ended by a poison file").Sum(done => done.Value);

    private static string SumOf(IReadOnlyList<ScenarioReport> scenarios) => FormattableString.Invariant(
        $"{scenarios.Sum(s => s.Findings.Lost.Count)} lost, {scenarios.Sum(s => s.Findings.Wrong.Count)} wrong, {scenarios.Sum(s => s.Findings.Twice.Count)} double, {scenarios.Sum(s => s.Findings.Orphans.Count)} orphans");

    private static void AppendFindings(StringBuilder text, ScenarioReport scenario)
    {
        string[] findings = [.. scenario.Findings.Lost, .. scenario.Findings.Wrong, .. scenario.Findings.Twice, .. scenario.Findings.Orphans];

        foreach (var finding in findings)
        {
            text.AppendLine("      " + finding);
        }
    }
}

/// <summary>The JSON form of a report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ChaosReport))]
public sealed partial class ChaosJson : JsonSerializerContext;

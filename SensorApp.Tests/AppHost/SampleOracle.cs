using System.Globalization;
using System.Text;

namespace SensorApp.Tests.AppHost;

/// <summary>What the sample files must give, worked out the plain way.</summary>
internal static class SampleOracle
{
    /// <summary>The statistics of the rows that a sample file shares with the clean one: in the other file they are the valid ones.</summary>
    public static Dictionary<string, (int Count, double Average, double Minimum, double Maximum)> Statistics(string fileName)
    {
        var clean = Lines("sensor_data.csv");
        var valid = Lines(fileName).Zip(clean).Where(pair => pair.First == pair.Second).Skip(1).Select(pair => pair.First.Split(','));

        return valid.GroupBy(fields => fields[0], fields => double.Parse(fields[2], CultureInfo.InvariantCulture)).ToDictionary(
            sensor => sensor.Key,
            sensor => (sensor.Count(), sensor.Average(), sensor.Min(), sensor.Max()));
    }

    /// <summary>Latin-1 reads any bytes, also the invalid UTF-8 that one sample holds on purpose.</summary>
    private static string[] Lines(string fileName) => File.ReadAllLines(RepositoryFiles.Sample(fileName), Encoding.Latin1);
}

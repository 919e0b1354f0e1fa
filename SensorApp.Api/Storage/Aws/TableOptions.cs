using System.Globalization;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Api.Storage.Aws;

/// <summary>How the table is written to: configuration section <c>Table</c>.</summary>
/// <param name="MostWritesTogether">
/// Most waiting writes that travel in one transaction, 1 to 50; 1: none do. DynamoDB bills a write in a transaction twice, so with
/// <c>CLOUD=aws</c> the default is 1; the stand-in bills nothing, and small files are faster together.
/// </param>
internal sealed record TableOptions(int MostWritesTogether)
{
    private const string MostWritesTogetherName = "Table:MostWritesTogether";
    private const int StandInDefault = 25;

    // DynamoDB takes 4 MB in one transaction, and a record with its results inline is up to 64 KB and some KB more.
    private const int Limit = 50;

    /// <exception cref="InvalidSettingException">The value is not allowed.</exception>
    public static TableOptions Read(IConfiguration configuration)
    {
        if (configuration[MostWritesTogetherName] is not { Length: > 0 } text)
        {
            return new TableOptions(KnownSettings.Cloud.Read(configuration) == "mocks" ? StandInDefault : 1);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= Limit
            ? new TableOptions(most)
            : throw new InvalidSettingException(MostWritesTogetherName, text, "a whole number from 1 to 50");
    }
}

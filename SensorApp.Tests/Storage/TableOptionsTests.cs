using Microsoft.Extensions.Configuration;
using SensorApp.Api.Storage;
using SensorApp.Api.Storage.Aws;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Tests.Storage;

public sealed class TableOptionsTests
{
    private const string MostWritesTogether = "Table:MostWritesTogether";

    // What one transaction of DynamoDB may hold, and what a record has at most beside its results: name, error, counts by reason, leases.
    private const long TransactionBytes = 4L * 1024 * 1024;
    private const long RecordBytes = 16 * 1024;

    [Theory]
    [InlineData("mocks", 25)]
    [InlineData("aws", 1)]
    public void Read_NothingSaid_CombinesWhereItCostsNothing(string cloud, int expected) =>
        Assert.Equal(expected, Read(("CLOUD", cloud)).MostWritesTogether);

    [Theory]
    [InlineData("0")]
    [InlineData("51")]
    [InlineData("many")]
    public void Read_OutOfRange_NamesTheSetting(string value)
    {
        var failure = Assert.Throws<InvalidSettingException>(() => Read((MostWritesTogether, value)));

        Assert.Equal($"{MostWritesTogether} is '{value}', but must be a whole number from 1 to 50.", failure.Message);
    }

    [Fact]
    public void Read_MostThatIsAllowed_FitsIntoATransaction()
    {
        var most = Read((MostWritesTogether, "50")).MostWritesTogether;

        Assert.InRange(most * (StoredResults.InlineLimit + RecordBytes), 1, TransactionBytes);
    }

    private static TableOptions Read(params (string Name, string Value)[] settings) =>
        TableOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value))).Build());
}

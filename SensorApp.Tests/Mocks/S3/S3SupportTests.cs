using SensorApp.Mocks.Core.Objects;
using SensorApp.Mocks.S3;
using SensorApp.Mocks.S3.Wire;
using SensorApp.Mocks.Storage;

namespace SensorApp.Tests.Mocks.S3;

/// <summary>Holds docs/emulator-support.md to the code.</summary>
public sealed class S3SupportTests
{
    [Fact]
    public void SupportTable_EachOperationOfTheCode_IsListedWithItsState()
    {
        var supported = Operations().Supported.ToHashSet();
        var expected = S3Routes.All.Select(route => route.Operation).Distinct()
            .Select(name => $"{name} {(supported.Contains(name) ? "supported" : "refused")}");

        var documented = SupportTable.Rows("## S3", "### Operations").Select(row => $"{row.Name} {row.State}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SupportTable_EachRefusedHeader_IsListed()
    {
        var documented = SupportTable.Rows("## S3", "### Options").Where(row => row.State == "refused").Select(row => row.Name.Trim('`')).ToHashSet();

        Assert.All(AttributeHeaders.RefusedHeaders, header => Assert.Contains(header, documented));
    }

    [Fact]
    public void Routes_EachSupportedOperation_CanBeReached()
    {
        var reachable = S3Routes.All.Select(route => route.Operation);

        Assert.Empty(Operations().Supported.Except(reachable));
    }

    private static S3Operations Operations()
    {
        var queue = new MemoryWriteQueue();
        var journal = new ObjectJournal(database: null);
        var folder = new ContentFolder(folder: null);
        var store = new ObjectStore(queue, journal, folder, TimeProvider.System);
        return new S3Operations(store, new UploadStore(queue, journal, store, folder, TimeProvider.System), TimeProvider.System);
    }
}

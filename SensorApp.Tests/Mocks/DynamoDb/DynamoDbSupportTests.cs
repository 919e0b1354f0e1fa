using Microsoft.Extensions.DependencyInjection;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>Holds docs/emulator-support.md to the code.</summary>
public sealed class DynamoDbSupportTests(DynamoServer server)
{
    [Fact]
    public void SupportTable_EachOperationOfTheCode_IsListedAsSupported()
    {
        var operations = server.Server.Services.GetServices<IAction>().Select(action => action.Name);

        var documented = SupportTable.Rows("## DynamoDB", "### Operations").Where(row => row.State == "supported").Select(row => row.Name);

        Assert.Equal(operations.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }
}

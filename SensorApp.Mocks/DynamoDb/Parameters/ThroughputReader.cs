using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.Core.Tables.Schema;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Mocks.DynamoDb.Parameters;

/// <summary>Reads <c>ProvisionedThroughput</c>, which is kept and answered but limits nothing here.</summary>
internal static class ThroughputReader
{
    public static void Check(Constraints constraints, string path, JsonFields owner)
    {
        if (owner.Object("ProvisionedThroughput") is not { } throughput)
            return;

        foreach (var name in (string[])["ReadCapacityUnits", "WriteCapacityUnits"])
        {
            var units = throughput.Whole(name);
            var unitsPath = $"{path}.{char.ToLowerInvariant(name[0])}{name[1..]}";
            constraints.Require(unitsPath, units);
            constraints.AtLeast(unitsPath, units, 1);
        }
    }

    /// <returns>Null when absent.</returns>
    /// <exception cref="TableException">More units than the service can count.</exception>
    public static Throughput? Read(JsonFields owner) => owner.Object("ProvisionedThroughput") is { } throughput
        ? new Throughput(ReadUnits(throughput, "ReadCapacityUnits"), ReadUnits(throughput, "WriteCapacityUnits"))
        : null;

    private static long ReadUnits(JsonFields throughput, string name)
    {
        var units = throughput.Whole(name) ?? 0;

        return units <= TableLimits.ThroughputUnits ? units : throw TableException.Validation(
            FormattableString.Invariant($"Given value {units} for {name} is out of bounds"));
    }

    /// <summary>The throughput that a billing mode wants: some when provisioned, none when billed by request.</summary>
    /// <exception cref="TableException">The two do not fit.</exception>
    public static Throughput? ReadFor(bool provisioned, JsonFields request)
    {
        var throughput = Read(request);

        if (provisioned && throughput is null)
            throw TableException.InvalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");

        if (!provisioned && throughput is not null)
            throw TableException.InvalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");

        return throughput;
    }
}

using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.Aggregation;

/// <summary>Adds the valid rows of a batch to a table.</summary>
internal static class ReadingAggregator
{
    public static void Add(RowBatch batch, SensorTable table)
    {
        var position = batch.Chunk!.Sequence << 32;
        for (var i = 0; i < batch.RowCount; i++)
            if (batch.Faults[i] == Fault.None)
                table.Add(batch.Field(batch.Rows[i].Sensor), batch.Ticks[i], batch.Values[i], position + i);
    }
}

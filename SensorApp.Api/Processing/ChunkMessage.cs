using SensorApp.Api.Processing.Parsing;

namespace SensorApp.Api.Processing;

/// <summary>One chunk of one file in the graph. <paramref name="Collected"/> is called when the file has counted it, or dropped it.</summary>
internal sealed record ChunkMessage(FileRun File, RowBatch Batch, Action<RowBatch> Collected)
{
    /// <summary>Does one stage's work. An exception is the file's failure, never the block's: that would stop every other file.</summary>
    public ChunkMessage Apply(Action<FileRun, RowBatch> stage)
    {
        if (File.Failure is not null)
            return this;
        try
        {
            stage(File, Batch);
        }
        catch (Exception failure)
        {
            File.Fail(failure);
        }

        return this;
    }
}

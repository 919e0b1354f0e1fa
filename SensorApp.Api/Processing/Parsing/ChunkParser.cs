using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Splits chunks of one file into rows.</summary>
internal sealed class ChunkParser(FileFormat format)
{
    private readonly GeneralParser _general = new(format);

    public void Parse(RowBatch batch) => _general.Parse(batch);
}

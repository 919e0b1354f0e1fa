using SensorApp.Api.Processing.Reading;

namespace SensorApp.Api.Processing.Parsing;

/// <summary>Splits chunks of one file into rows, each chunk the fastest way that is right for it.</summary>
/// <param name="format">The file's format.</param>
/// <param name="generalOnly">Always goes the general way; for tests, which hold the two ways to each other.</param>
internal sealed class ChunkParser(FileFormat format, bool generalOnly = false)
{
    private readonly ColumnarParser _columnar = new(format);
    private readonly GeneralParser _general = new(format);

    public void Parse(RowBatch batch)
    {
        if (generalOnly || !_columnar.TryParse(batch))
            _general.Parse(batch);
    }
}

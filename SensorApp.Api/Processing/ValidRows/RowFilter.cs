using SensorApp.Api.Processing.Parsing;
using SensorApp.Api.Processing.Reading;
using SensorApp.Api.Processing.Validation;

namespace SensorApp.Api.Processing.ValidRows;

/// <summary>Which rows of a file to copy.</summary>
public enum RowChoice
{
    /// <summary>The rows that count.</summary>
    Valid,

    /// <summary>The rejected rows, as they are, to be repaired and uploaded again.</summary>
    Invalid,
}

/// <summary>Copies a file's header and some of its rows, as CSV in UTF-8.</summary>
public static class RowFilter
{
    /// <summary>Reads a file as the engine does and writes the header and the chosen rows, each as it stands in the file and ended by a line feed.</summary>
    /// <remarks>Memory does not grow with the file. A file without a usable header comes out empty. Text that is not valid UTF-8 is passed on as it is.</remarks>
    /// <param name="file">The file as uploaded, gzip and UTF-16 included; disposed.</param>
    /// <param name="choice">Which rows.</param>
    /// <param name="options">How the file was read.</param>
    /// <param name="limits">Bounds of the reading.</param>
    /// <param name="output">Stays the caller's.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    public static async Task CopyAsync(Stream file, RowChoice choice, ReadingOptions options, ProcessingOptions limits, Stream output, CancellationToken cancellationToken)
    {
        await using var source = file;
        try
        {
            await using var text = await TextSource.OpenAsync(source, limits.MaxInflatedBytes, cancellationToken);
            var cutter = new ChunkCutter(text, limits.ChunkBytes);
            try
            {
                await CopyRowsAsync(cutter, choice, options, output, cancellationToken);
            }
            finally
            {
                cutter.Abandon();
            }
        }
        catch (FileFailedException)
        {
            // What was readable has been copied; why the rest was not is in the file's result.
        }
    }

    private static async Task CopyRowsAsync(ChunkCutter cutter, RowChoice choice, ReadingOptions options, Stream output, CancellationToken cancellationToken)
    {
        var header = await cutter.ReadHeaderAsync(cancellationToken);
        var parser = new ChunkParser(header.Format);
        var validator = new RowValidator(options.TimeZone);
        await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(header.Format.Header + "\n"), cancellationToken);
        while (await cutter.NextAsync(header.Format.Delimiter, cancellationToken) is { } chunk)
        {
            var batch = RowBatches.Rent(chunk);
            try
            {
                parser.Parse(batch);
                validator.Validate(batch);
                await output.WriteAsync(Select(batch, choice), cancellationToken);
            }
            finally
            {
                RowBatches.Return(batch);
            }
        }
    }

    private static ReadOnlyMemory<byte> Select(RowBatch batch, RowChoice choice)
    {
        var selected = new MemoryStream();
        if (choice == RowChoice.Invalid)
        {
            foreach (var row in batch.Rejected)
                Append(selected, batch, row.Place);
        }
        else
        {
            for (var i = 0; i < batch.RowCount; i++)
                if (batch.IsValid(i))
                    Append(selected, batch, batch.PlaceOf(i));
        }

        return selected.GetBuffer().AsMemory(0, (int)selected.Length);
    }

    private static void Append(MemoryStream selected, RowBatch batch, RowPlace place)
    {
        selected.Write(batch.Chunk!.Padded.AsSpan(place.Start, place.End - place.Start));
        selected.WriteByte((byte)'\n');
    }
}

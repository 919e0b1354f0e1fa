using SensorApp.Mocks.Storage;

namespace SensorApp.Mocks.Core.Objects;

/// <summary>
/// Takes the bytes of an object as they come: small ones stay in memory until they are written with their record,
/// larger ones go to a file at once, so that memory does not grow with the object. Dispose discards what was not finished.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="expected">How many bytes will come and never more, where that is known: small ones then go into an array of that length, and stay there.</param>
public sealed class ContentWriter(ContentFolder folder, long? expected) : IAsyncDisposable
{
    /// <summary>Up to this size the bytes are kept beside the record; one flush then serves both, and many writes.</summary>
    public const int LargestInline = 256 * 1024;

    private MemoryStream? _small = StreamFor(folder, expected);
    private FileStream? _file;
    private string _name = "";

    public long Length { get; private set; }

    /// <exception cref="StorageException">The disk does not take the bytes.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Length += bytes.Length;

        if (_small is not null && Length <= LargestInline)
        {
            _small.Write(bytes.Span);
            return;
        }

        try
        {
            if (_small is not null)
            {
                _file = folder.Create(out _name);
                await _file.WriteAsync(_small.GetBuffer().AsMemory(0, (int)_small.Length), cancellationToken);
                _small = null;
            }

            await _file!.WriteAsync(bytes, cancellationToken); // created when _small was given up
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageException.From(failure);
        }
    }

    /// <summary>Makes a file durable; small bytes become so with the record that they are stored with.</summary>
    /// <exception cref="StorageException">The disk does not take the bytes.</exception>
    public Segment Finish()
    {
        if (_small is not null)
            // Nothing is written any more: an array that is exactly full can be handed out itself.
            return new Segment(Length) { Bytes = _small.Length == _small.Capacity ? _small.GetBuffer() : _small.ToArray() };

        try
        {
            folder.Finish(_file!, _name); // without small bytes there is a file
            _file = null;
            return new Segment(Length, _name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageException.From(failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is null)
            return;

        await _file.DisposeAsync();
        folder.Discard(_name);
    }

    private static MemoryStream StreamFor(ContentFolder folder, long? expected)
    {
        if (expected is not (> 0 and <= LargestInline))
            return new MemoryStream();

        // Without a disk the array stays: it is not to be copied from generation to generation of the heap. With one it goes once it is written.
        var array = folder.Durable ? GC.AllocateUninitializedArray<byte>((int)expected) : LastingBytes.Allocate((int)expected);
        var stream = new MemoryStream(array, 0, array.Length, writable: true, publiclyVisible: true);
        stream.SetLength(0);
        return stream;
    }
}

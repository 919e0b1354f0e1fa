using System.IO.Compression;
using SensorApp.Mocks.Core.Tables;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>Undoes the compression of a request; signatures are over the compressed bytes.</summary>
internal static class RequestEncoding
{
    /// <summary>
    /// A member without content, put behind every body: the reader takes a body that ends too soon for whole, so it is made to run
    /// into something that does not fit. Behind a whole body it adds nothing.
    /// </summary>
    private static readonly byte[] EmptyMember = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <returns>Null when the request is larger than the service takes, however small it was made.</returns>
    /// <exception cref="SerializationException">Compressed in an unknown way, or damaged.</exception>
    public static ReadOnlyMemory<byte>? Decode(string encoding, ReadOnlyMemory<byte> body) => encoding switch
    {
        "" or "identity" => body,
        "gzip" => Unpack(new GZipStream(AsStream(body), CompressionMode.Decompress)),
        "deflate" => Unpack(new ZLibStream(AsStream(body), CompressionMode.Decompress)),
        _ => throw new SerializationException($"The content encoding {encoding} is not supported"),
    };

    private static MemoryStream AsStream(ReadOnlyMemory<byte> body) => new([.. body.Span, .. EmptyMember]);

    private static ReadOnlyMemory<byte>? Unpack(Stream packed)
    {
        const int ChunkBytes = 16 * 1024;

        using var unpacked = new MemoryStream();
        var chunk = new byte[ChunkBytes];

        try
        {
            using (packed)
            {
                while (packed.Read(chunk) is > 0 and var read)
                {
                    unpacked.Write(chunk, 0, read);

                    if (unpacked.Length > TableLimits.RequestBytes)
                        return null;
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new SerializationException("The compressed request is damaged");
        }

        return unpacked.ToArray();
    }
}

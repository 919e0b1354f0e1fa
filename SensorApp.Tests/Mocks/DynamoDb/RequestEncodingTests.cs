using System.IO.Compression;
using System.Text;
using SensorApp.Mocks.DynamoDb.Wire;

namespace SensorApp.Tests.Mocks.DynamoDb;

public sealed class RequestEncodingTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("{\"TableName\":\"readings-of-tuesday\"}");

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public void Decode_WholeBody_IsWhatWasPacked(string encoding) =>
        Assert.Equal(Text, RequestEncoding.Decode(encoding, Packed(encoding))?.ToArray());

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public void Decode_CutOffAnywhere_IsNeverTakenForWhole(string encoding)
    {
        var packed = Packed(encoding);

        for (var length = 0; length < packed.Length; length++)
            Assert.NotEqual(Text, Unpacked(encoding, packed.AsMemory(0, length)));
    }

    private static byte[] Packed(string encoding)
    {
        using var packed = new MemoryStream();

        using (Stream packer = encoding == "gzip"
            ? new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)
            : new ZLibStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            packer.Write(Text);
        }

        return packed.ToArray();
    }

    /// <summary>Null when it is refused.</summary>
    private static byte[]? Unpacked(string encoding, ReadOnlyMemory<byte> body)
    {
        try
        {
            return RequestEncoding.Decode(encoding, body)?.ToArray();
        }
        catch (SerializationException)
        {
            return null;
        }
    }
}

namespace SensorApp.Mocks.Core.Objects.Checksums;

/// <summary>
/// The CRC of a whole from the CRCs and lengths of its parts, so that completing an upload of terabytes reads nothing again.
/// A reflected CRC is a polynomial over GF(2): appending n bytes multiplies it by x^8n modulo the generator,
/// and the rest is an exclusive or, as the initial and final inversions cancel out.
/// </summary>
public static class CrcCombination
{
    /// <returns>Null when the algorithm is no CRC: such a checksum can only be computed from the bytes.</returns>
    public static byte[]? Combine(ChecksumAlgorithm algorithm, IEnumerable<(byte[] Crc, long Length)> parts)
    {
        var (width, generator) = algorithm switch
        {
            ChecksumAlgorithm.Crc32 => (32, 0xEDB88320UL),
            ChecksumAlgorithm.Crc32C => (32, 0x82F63B78UL),
            ChecksumAlgorithm.Crc64Nvme => (64, 0x9A6C9329AC4BC9B5UL),
            _ => (0, 0UL),
        };

        if (width == 0)
            return null;

        var whole = 0UL;

        foreach (var (crc, length) in parts)
            whole = Multiply(whole, PowerOfX(length * 8, width, generator), width, generator) ^ ReadBigEndian(crc);

        return WriteBigEndian(whole, width / 8);
    }

    /// <summary>x^exponent by squaring. In reflected form the highest bit stands for x^0.</summary>
    private static ulong PowerOfX(long exponent, int width, ulong generator)
    {
        var result = 1UL << (width - 1);
        var square = 1UL << (width - 2);

        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result = Multiply(result, square, width, generator);

            square = Multiply(square, square, width, generator);
        }

        return result;
    }

    private static ulong Multiply(ulong a, ulong b, int width, ulong generator)
    {
        var product = 0UL;

        for (var bit = 1UL << (width - 1); bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
                product ^= b;

            b = (b & 1) != 0 ? (b >> 1) ^ generator : b >> 1;
        }

        return product;
    }

    private static ulong ReadBigEndian(byte[] bytes) => bytes.Aggregate(0UL, (value, octet) => (value << 8) | octet);

    private static byte[] WriteBigEndian(ulong value, int length)
    {
        var bytes = new byte[length];

        for (var i = length - 1; i >= 0; i--, value >>= 8)
            bytes[i] = (byte)value;

        return bytes;
    }
}

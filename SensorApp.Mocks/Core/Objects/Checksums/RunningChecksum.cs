using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace SensorApp.Mocks.Core.Objects.Checksums;

/// <summary>Computes one checksum over bytes that pass by. Not thread-safe.</summary>
public abstract class RunningChecksum : IDisposable
{
    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The checksum in the byte order in which S3 writes it.</summary>
    public abstract byte[] Finish();

    public virtual void Dispose()
    {
    }

    public static RunningChecksum Of(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => new Crc32Checksum(new Crc32()),
        ChecksumAlgorithm.Crc32C => new Crc32Checksum(new Crc32(Crc32ParameterSet.Crc32C)),
        ChecksumAlgorithm.Crc64Nvme => new Crc64Checksum(new Crc64(Crc64ParameterSet.Nvme)),
        ChecksumAlgorithm.Sha1 => new DigestChecksum(HashAlgorithmName.SHA1),
        ChecksumAlgorithm.Sha256 => new DigestChecksum(HashAlgorithmName.SHA256),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, null),
    };

    private sealed class Crc32Checksum(Crc32 crc) : RunningChecksum
    {
        public override void Append(ReadOnlySpan<byte> bytes) => crc.Append(bytes);

        public override byte[] Finish()
        {
            var value = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(value, crc.GetCurrentHashAsUInt32());
            return value;
        }
    }

    private sealed class Crc64Checksum(Crc64 crc) : RunningChecksum
    {
        public override void Append(ReadOnlySpan<byte> bytes) => crc.Append(bytes);

        public override byte[] Finish()
        {
            var value = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(value, crc.GetCurrentHashAsUInt64());
            return value;
        }
    }

    private sealed class DigestChecksum(HashAlgorithmName name) : RunningChecksum
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(name);

        public override void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

        public override byte[] Finish() => _hash.GetHashAndReset();

        public override void Dispose() => _hash.Dispose();
    }
}

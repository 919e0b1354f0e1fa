using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace SensorApp.ServiceDefaults.Transport;

/// <summary>
/// The memory that Kestrel receives into and answers from: the shared pool's, in blocks of 16 KiB instead of 4. A body takes a quarter of
/// the calls to the kernel that way, and of the turns of the receiving loop. A connection holds blocks only for what has arrived and nobody
/// has read, and for what the other side has not taken: none while it is idle.
/// </summary>
internal sealed class LargeBlocks : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockSize = 16 * 1024;

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockSize));

    MemoryPool<byte> IMemoryPoolFactory<byte>.Create(MemoryPoolOptions? options) => this;

    /// <summary>Nothing: the blocks are the shared pool's.</summary>
    protected override void Dispose(bool disposing)
    {
    }
}

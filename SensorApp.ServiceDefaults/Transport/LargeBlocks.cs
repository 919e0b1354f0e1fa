using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace SensorApp.ServiceDefaults.Transport;

/// <summary>
/// The memory that Kestrel receives into and answers from: in blocks of 16 KiB instead of 4. A body takes a quarter of
/// the calls to the kernel that way, and of the turns of the receiving loop. A connection holds blocks only for what has arrived and nobody
/// has read, and for what the other side has not taken: none while it is idle. Thread-safe.
/// </summary>
/// <remarks>
/// Not the shared pool's arrays: a block is mostly returned by another thread than rented it, and what is made for the threads that
/// have none was a seventh of all that is allocated for a small file.
/// </remarks>
internal sealed class LargeBlocks : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    public const int BlockSize = 16 * 1024;

    // 4 MiB: what some hundred bodies under way at once leave behind, not what thousands did.
    public const int MostIdle = 256;

    // The block last used first: it is still near the processor.
    private readonly Stack<byte[]> _idle = new();
    private readonly Lock _lock = new();

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) =>
        minBufferSize > BlockSize ? Shared.Rent(minBufferSize) : new RentedBlock(this, Take());

    MemoryPool<byte> IMemoryPoolFactory<byte>.Create(MemoryPoolOptions? options) => this;

    /// <summary>Nothing: every server of the process may use this pool, and blocks need no disposal.</summary>
    protected override void Dispose(bool disposing)
    {
    }

    private byte[] Take()
    {
        lock (_lock)
        {
            if (_idle.TryPop(out var block))
            {
                return block;
            }
        }

        return GC.AllocateUninitializedArray<byte>(BlockSize);
    }

    private void Return(byte[] block)
    {
        lock (_lock)
        {
            if (_idle.Count < MostIdle)
            {
                _idle.Push(block);
            }
        }
    }

    /// <summary>A block as one renter has it: returned by that one only, and once, whoever has it next.</summary>
    private sealed class RentedBlock(LargeBlocks pool, byte[] block) : IMemoryOwner<byte>
    {
        private byte[]? _block = block;

        public Memory<byte> Memory => _block ?? throw new ObjectDisposedException(nameof(RentedBlock));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _block, null) is { } returned)
            {
                pool.Return(returned);
            }
        }
    }
}

namespace SensorApp.Mocks.Storage;

/// <summary>Memory for bytes that stay.</summary>
internal static class LastingBytes
{
    // From here on copying an array, from one generation to the next, costs more than what it costs to allocate one that is not copied.
    private const int SmallestPinned = 16 * 1024;

    /// <summary>An array to be filled: what it holds is undefined.</summary>
    public static byte[] Allocate(int length) => GC.AllocateUninitializedArray<byte>(length, pinned: length >= SmallestPinned);
}

namespace SensorApp.Mocks.S3.Payload;

/// <summary>The bytes of a body without its framing.</summary>
internal interface IPayload
{
    /// <summary>How many bytes there will be; null when the client does not say.</summary>
    long? Length { get; }

    /// <summary>What came after the bytes, by lower-case name; complete once they have all been read.</summary>
    IReadOnlyDictionary<string, string> Trailers { get; }

    /// <summary>The next bytes; 0 at the end, and only after everything that was signed has been verified.</summary>
    /// <exception cref="S3Exception">The body is shorter or longer than announced, not well-formed, or signed wrongly.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);
}

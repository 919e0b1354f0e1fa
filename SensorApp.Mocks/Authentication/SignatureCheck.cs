namespace SensorApp.Mocks.Authentication;

/// <summary>The outcome of verifying a request.</summary>
/// <param name="Fault">What is wrong; <see cref="SignatureFault.None"/> when the request may go on.</param>
/// <param name="Detail">For a person: what exactly is wrong. Empty without a fault.</param>
/// <param name="Signature">What was verified; chunks of a streamed body are signed in a chain that starts with it. Null with a fault.</param>
public sealed record SignatureCheck(SignatureFault Fault, string Detail, VerifiedSignature? Signature)
{
    /// <summary>Stands where a fault would: so far there is none.</summary>
    internal static readonly SignatureCheck NotYet = new(SignatureFault.None, "", null);

    public static SignatureCheck Failed(SignatureFault fault, string detail = "") => new(fault, detail, null);

    public static SignatureCheck Passed(VerifiedSignature signature) => new(SignatureFault.None, "", signature);
}

/// <param name="AccessKeyId">Who signed.</param>
/// <param name="SigningKey">The key derived for the scope; null when any key is accepted and this one is not known, so chunks cannot be checked either.</param>
/// <param name="Timestamp">The signing time as signed.</param>
/// <param name="Scope">Date, region, service and terminator.</param>
/// <param name="Hex">The signature in hexadecimal: the seed of the chain.</param>
public sealed record VerifiedSignature(string AccessKeyId, byte[]? SigningKey, string Timestamp, string Scope, string Hex);

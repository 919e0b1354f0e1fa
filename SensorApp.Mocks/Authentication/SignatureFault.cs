namespace SensorApp.Mocks.Authentication;

/// <summary>Why a signature was not accepted. Each service words it in its own error codes.</summary>
public enum SignatureFault
{
    None,

    /// <summary>The request carries no signature at all.</summary>
    Missing,

    /// <summary>There is a signature, but it cannot be read: the detail says what is wrong with it.</summary>
    Malformed,

    /// <summary>Signed in a way other than Signature Version 4.</summary>
    UnsupportedAlgorithm,

    UnknownKey,

    /// <summary>Signed with another secret, or the request was changed on its way.</summary>
    Mismatch,

    /// <summary>The signing time is too far from the server's.</summary>
    Skewed,

    /// <summary>A presigned address is past its time.</summary>
    Expired,

    /// <summary>A header that must be signed is not.</summary>
    UnsignedHeader,
}

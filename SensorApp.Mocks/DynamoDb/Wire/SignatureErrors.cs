using SensorApp.Mocks.Authentication;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>How this service says that a signature is not accepted.</summary>
internal static class SignatureErrors
{
    public static (DynamoError Error, string Message) Of(SignatureCheck check) => check.Fault switch
    {
        SignatureFault.Missing => (DynamoError.MissingAuthentication, "Request is missing Authentication Token"),
        SignatureFault.Malformed or SignatureFault.UnsupportedAlgorithm => (DynamoError.IncompleteSignature, check.Detail),
        SignatureFault.UnknownKey => (DynamoError.UnrecognizedClient, "The security token included in the request is invalid."),
        SignatureFault.Skewed or SignatureFault.Expired => (DynamoError.InvalidSignature, $"Signature expired or not yet current: {check.Detail}"),
        SignatureFault.UnsignedHeader => (DynamoError.InvalidSignature, $"'{check.Detail}' must be a 'SignedHeader' in the AWS Authorization."),
        _ => (DynamoError.InvalidSignature, "The request signature we calculated does not match the signature you provided. "
            + "Check your AWS Secret Access Key and signing method. Consult the service documentation for details."),
    };
}

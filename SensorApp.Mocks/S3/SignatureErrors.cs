using SensorApp.Mocks.Authentication;

namespace SensorApp.Mocks.S3;

/// <summary>What S3 says about signatures that it does not accept.</summary>
internal static class SignatureErrors
{
    public static S3Exception Of(SignatureCheck check, S3Request request) => check.Fault switch
    {
        SignatureFault.Malformed => new(SignatureClaim.IsPresigned(request.Target) ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed", check.Detail),
        SignatureFault.UnsupportedAlgorithm => new("InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."),
        SignatureFault.UnknownKey => new("InvalidAccessKeyId", null, ("AWSAccessKeyId", check.Detail)),
        SignatureFault.Mismatch => new("SignatureDoesNotMatch", null, ("StringToSign", check.Detail)),
        SignatureFault.Skewed => new("RequestTimeTooSkewed", null, ("RequestTime", check.Detail), ("MaxAllowedSkewMilliseconds", "900000")),
        SignatureFault.Expired => new("AccessDenied", "Request has expired", ("Expires", check.Detail)),
        SignatureFault.UnsignedHeader => new("AccessDenied", "There were headers present in the request which were not signed", ("HeadersNotSigned", check.Detail)),
        _ => new("AccessDenied"),
    };
}

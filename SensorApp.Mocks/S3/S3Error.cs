using System.Collections.Frozen;

namespace SensorApp.Mocks.S3;

/// <summary>An error as S3 words it (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).</summary>
internal sealed record S3Error(string Code, int Status, string Message)
{
    private static readonly FrozenDictionary<string, S3Error> ByCode = new S3Error[]
    {
        new("AccessControlListNotSupported", 400, "The bucket does not allow ACLs"),
        new("AccessDenied", 403, "Access Denied"),
        new("AuthorizationHeaderMalformed", 400, "The authorization header that you provided is not valid."),
        new("AuthorizationQueryParametersError", 400, "Error parsing the X-Amz-Credential parameter."),
        new("BadDigest", 400, "The Content-MD5 or checksum value that you specified did not match what the server received."),
        new("BucketAlreadyExists", 409, "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again."),
        new("BucketAlreadyOwnedByYou", 409, "Your previous request to create the named bucket succeeded and you already own it."),
        new("BucketNotEmpty", 409, "The bucket you tried to delete is not empty"),
        new("ConditionalRequestConflict", 409, "The conditional request cannot succeed due to a conflicting operation against this resource."),
        new("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size"),
        new("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size"),
        new("IllegalLocationConstraintException", 400, "The location constraint is incompatible for the region specific endpoint this request was sent to."),
        new("IncompleteBody", 400, "The request body terminated unexpectedly"),
        new("InsufficientStorage", 507, "The disk of the stand-in cloud is full."),
        new("InternalError", 500, "We encountered an internal error. Please try again."),
        new("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."),
        new("InvalidArgument", 400, "Invalid Argument"),
        new("InvalidBucketName", 400, "The specified bucket is not valid."),
        new("InvalidDigest", 400, "The Content-MD5 you specified was invalid."),
        new("InvalidLocationConstraint", 400, "The specified location-constraint is not valid"),
        new("InvalidPart", 400, "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."),
        new("InvalidPartNumber", 416, "The requested partnumber is not satisfiable"),
        new("InvalidPartOrder", 400, "The list of parts was not in ascending order. Parts must be ordered by part number."),
        new("InvalidRange", 416, "The requested range is not satisfiable"),
        new("InvalidRequest", 400, "Invalid Request"),
        new("InvalidStorageClass", 400, "The storage class you specified is not valid"),
        new("InvalidURI", 400, "Couldn't parse the specified URI."),
        new("KeyTooLongError", 400, "Your key is too long"),
        new("MalformedTrailerError", 400, "The request contained trailing data that was not well-formed or did not conform to our published schema."),
        new("MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema"),
        new("MaxMessageLengthExceeded", 400, "Your request was too big."),
        new("MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size"),
        new("MethodNotAllowed", 405, "The specified method is not allowed against this resource."),
        new("MissingContentLength", 411, "You must provide the Content-Length HTTP header."),
        new("MissingRequestBodyError", 400, "Request Body is empty"),
        new("NoSuchBucket", 404, "The specified bucket does not exist"),
        new("NoSuchBucketPolicy", 404, "The bucket policy does not exist"),
        new("NoSuchCORSConfiguration", 404, "The CORS configuration does not exist"),
        new("NoSuchKey", 404, "The specified key does not exist."),
        new("NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist"),
        new("NoSuchPublicAccessBlockConfiguration", 404, "The public access block configuration was not found"),
        new("NoSuchUpload", 404, "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."),
        new("NoSuchVersion", 404, "The specified version does not exist."),
        new("NoSuchWebsiteConfiguration", 404, "The specified bucket does not have a website configuration"),
        new("NotImplemented", 501, "A header or operation you provided implies functionality that is not implemented"),
        new("NotModified", 304, "Not Modified"),
        new("ObjectLockConfigurationNotFoundError", 404, "Object Lock configuration does not exist for this bucket"),
        new("OperationAborted", 409, "A conflicting conditional operation is currently in progress against this resource. Please try again."),
        new("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold"),
        new("ReplicationConfigurationNotFoundError", 404, "The replication configuration was not found"),
        new("RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large."),
        new("ServiceUnavailable", 503, "Service is unable to handle request."),
        new("SignatureDoesNotMatch", 403, "The request signature we calculated does not match the signature you provided. Check your key and signing method."),
        new("SlowDown", 503, "Please reduce your request rate."),
        new("RequestTimeout", 400, "Your socket connection to the server was not read from or written to within the timeout period."),
        new("XAmzContentSHA256Mismatch", 400, "The provided 'x-amz-content-sha256' header does not match what was computed."),
    }.ToFrozenDictionary(error => error.Code, StringComparer.Ordinal);

    /// <summary>The error of a code; for a code that is not in the table, a 500 of that name.</summary>
    public static S3Error Of(string code) => ByCode.TryGetValue(code, out var error) ? error : new S3Error(code, 500, code);
}

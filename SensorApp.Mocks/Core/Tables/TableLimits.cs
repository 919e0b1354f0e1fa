namespace SensorApp.Mocks.Core.Tables;

/// <summary>
/// The service's limits.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
/// </summary>
public static class TableLimits
{
    public const int ItemBytes = 400 * 1024;
    public const int HashKeyBytes = 2048;
    public const int RangeKeyBytes = 1024;
    public const int KeyNameLength = 255;
    public const int AttributeNameLength = 65_535;

    /// <summary>How deep documents and document paths may go.</summary>
    public const int NestingLevels = 32;

    public const int ExpressionBytes = 4096;
    public const int ExpressionOperators = 300;
    public const int InCandidates = 100;

    /// <summary>Bytes of items that one page of a query or scan reads.</summary>
    public const int PageBytes = 1024 * 1024;

    public const int BatchGetKeys = 100;
    public const int BatchGetBytes = 16 * 1024 * 1024;
    public const int BatchWriteItems = 25;
    public const int TransactionItems = 100;
    public const int TransactionTokenLength = 36;
    public const int TransactionBytes = 4 * 1024 * 1024;
    public const int RequestBytes = 16 * 1024 * 1024;
    public const int ScanSegments = 1_000_000;

    public const long ThroughputUnits = 1_000_000_000_000;

    /// <summary>Attributes that each of the two parts of a global index's key may have.</summary>
    public const int KeyParts = 4;

    public const int GlobalIndexes = 20;
    public const int LocalIndexes = 5;
    public const int ProjectedAttributes = 100;
    public const int TagsPerTable = 50;

    /// <summary>How long a transaction's token is remembered.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(10);
}

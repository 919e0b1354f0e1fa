namespace SensorApp.Benchmarks.Cloud;

/// <summary>What is asked of the stand-in cloud.</summary>
internal enum CloudOperation
{
    PutObject,
    GetObject,
    PutItem,
    GetItem,

    /// <summary>An UpdateItem that adds to a counter if the item is there.</summary>
    UpdateItem,

    /// <summary>A Query that returns a hundred items.</summary>
    Query,
}

using System.Globalization;

namespace SensorApp.Api.Storage.Aws;

/// <summary>Partitions of the listing index: a month's files lie in <see cref="Count"/> shards, so that writes spread.</summary>
internal static class ListingShard
{
    public const int Count = 4;

    public static string Of(string fileId, DateTimeOffset uploadTime) => Of(MonthOf(uploadTime), FileItem.ShardOf(fileId));

    public static string Of(string month, int shard) => string.Create(CultureInfo.InvariantCulture, $"{month}#{shard}");

    public static string MonthOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace SensorApp.Benchmarks.Cloud;

/// <summary>The requests of each operation, and what must be there before they are sent.</summary>
internal static class CloudRequests
{
    /// <summary>Keys that one connection goes through in turn: no two connections write the same one.</summary>
    private const int KeysPerConnection = 64;

    private const int ObjectBytes = 1024;
    private const int ItemsOfQuery = 100;

    /// <summary>Bucket, table and what the reading operations read.</summary>
    /// <param name="connections">Most connections that will be used.</param>
    public static IEnumerable<byte[]> Preparation(SignedRequest sign, int connections)
    {
        yield return sign.S3("PUT", "/bench", []);
        yield return sign.DynamoDb("CreateTable",
            """{"TableName":"bench","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"c","KeyType":"RANGE"}],"AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"c","AttributeType":"S"}]}""");

        for (var connection = 0; connection < connections; connection++)
        {
            foreach (var operation in new[] { CloudOperation.PutObject, CloudOperation.PutItem })
            {
                foreach (var request in Of(operation, sign, connection))
                    yield return request;
            }
        }

        for (var i = 0; i < ItemsOfQuery; i++)
            yield return Put(sign, "query", i.ToString("D3", CultureInfo.InvariantCulture));
    }

    /// <summary>What one connection sends, over and over.</summary>
    public static byte[][] Of(CloudOperation operation, SignedRequest sign, int connection)
    {
        if (operation is CloudOperation.Query)
            return [sign.DynamoDb("Query", """{"TableName":"bench","KeyConditionExpression":"p = :p","ExpressionAttributeValues":{":p":{"S":"query"}}}""")];

        var requests = new byte[KeysPerConnection][];

        for (var i = 0; i < requests.Length; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{connection:D2}-{i:D2}");
            requests[i] = operation switch
            {
                CloudOperation.PutObject => sign.S3("PUT", "/bench/" + key, Content(connection, i)),
                CloudOperation.GetObject => sign.S3("GET", "/bench/" + key, []),
                CloudOperation.PutItem => Put(sign, key, "0"),
                CloudOperation.GetItem => sign.DynamoDb("GetItem", $$$$"""{"TableName":"bench","Key":{{{{Key(key, "0")}}}}}"""),
                _ => sign.DynamoDb("UpdateItem", $$$$"""{"TableName":"bench","Key":{{{{Key(key, "0")}}}},"UpdateExpression":"SET n = n + :one","ConditionExpression":"attribute_exists(p)","ExpressionAttributeValues":{":one":{"N":"1"}}}"""),
            };
        }

        return requests;
    }

    private static byte[] Put(SignedRequest sign, string hash, string range) => sign.DynamoDb("PutItem",
        $$$$"""{"TableName":"bench","Item":{"p":{"S":"{{{{hash}}}}"},"c":{"S":"{{{{range}}}}"},"n":{"N":"1"},"status":{"S":"pending"},"filename":{"S":"readings-of-tuesday.csv"},"size":{"N":"48213"},"tags":{"SS":["a","b"]},"done":{"BOOL":false}}}""");

    private static string Key(string hash, string range) => $$$"""{"p":{"S":"{{{hash}}}"},"c":{"S":"{{{range}}}"}}""";

    private static byte[] Content(int connection, int number)
    {
        var bytes = new byte[ObjectBytes];
        new Random((connection * KeysPerConnection) + number).NextBytes(bytes);
        return bytes;
    }
}

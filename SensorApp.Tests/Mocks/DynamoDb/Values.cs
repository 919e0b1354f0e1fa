using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace SensorApp.Tests.Mocks.DynamoDb;

/// <summary>Short ways to write values of the SDK.</summary>
internal static class Values
{
    public static AttributeValue S(string text) => new() { S = text };

    public static AttributeValue N(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue N(string number) => new() { N = number };

    public static AttributeValue L(params AttributeValue[] elements) => new() { L = [.. elements], IsLSet = true };

    public static AttributeValue M(params (string Name, AttributeValue Value)[] members) => new() { M = Of(members), IsMSet = true };

    public static AttributeValue SS(params string[] elements) => new() { SS = [.. elements] };

    public static AttributeValue NS(params string[] elements) => new() { NS = [.. elements] };

    public static Dictionary<string, AttributeValue> Of(params (string Name, AttributeValue Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value);
}

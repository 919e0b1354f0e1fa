using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using SensorApp.Api.Storage.Aws;

namespace SensorApp.Tests.Deploy;

/// <summary>Holds the table that is created on AWS to the one that the API creates in the stand-in cloud.</summary>
public sealed class TableTemplateTests
{
    private static readonly CreateTableRequest Table = FileTable.Definition("sensor-files");

    private static readonly JsonElement Template = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "deploy", "aws", "bucket-and-table.json")))
        .RootElement.GetProperty("Resources").GetProperty("Metadata").GetProperty("Properties");

    [Fact]
    public void Template_KeyAndBilling_AreThoseOfTheApi()
    {
        Assert.Equal(Keys(Table.KeySchema), Keys(Template));
        Assert.Equal(Table.BillingMode.Value, Template.GetProperty("BillingMode").GetString());
    }

    [Fact]
    public void Template_Attributes_AreThoseOfTheApi() => Assert.Equal(
        Table.AttributeDefinitions.Select(attribute => (attribute.AttributeName, attribute.AttributeType.Value)),
        Template.GetProperty("AttributeDefinitions").EnumerateArray().Select(attribute => (Text(attribute, "AttributeName"), Text(attribute, "AttributeType"))));

    [Fact]
    public void Template_Expiry_IsThatOfTheApi()
    {
        var expiry = FileTable.Expiry("sensor-files").TimeToLiveSpecification;

        Assert.Equal(expiry.AttributeName, Text(Template.GetProperty("TimeToLiveSpecification"), "AttributeName"));
        Assert.True(Template.GetProperty("TimeToLiveSpecification").GetProperty("Enabled").GetBoolean());
    }

    [Fact]
    public void Template_Indexes_AreThoseOfTheApi()
    {
        var indexes = Template.GetProperty("GlobalSecondaryIndexes").EnumerateArray().ToDictionary(index => Text(index, "IndexName"));

        Assert.Equal(Table.GlobalSecondaryIndexes.Select(index => index.IndexName), indexes.Keys);
        Assert.All(Table.GlobalSecondaryIndexes, expected =>
        {
            var projection = indexes[expected.IndexName].GetProperty("Projection");
            Assert.Equal(Keys(expected.KeySchema), Keys(indexes[expected.IndexName]));
            Assert.Equal(expected.Projection.ProjectionType.Value, Text(projection, "ProjectionType"));
            Assert.Equal(expected.Projection.NonKeyAttributes, projection.GetProperty("NonKeyAttributes").EnumerateArray().Select(name => name.GetString()!));
        });
    }

    private static IEnumerable<(string Name, string Type)> Keys(List<KeySchemaElement> keys) => keys.Select(key => (key.AttributeName, key.KeyType.Value));

    private static IEnumerable<(string Name, string Type)> Keys(JsonElement owner) =>
        owner.GetProperty("KeySchema").EnumerateArray().Select(key => (Text(key, "AttributeName"), Text(key, "KeyType")));

    private static string Text(JsonElement owner, string property) => owner.GetProperty(property).GetString()!;
}

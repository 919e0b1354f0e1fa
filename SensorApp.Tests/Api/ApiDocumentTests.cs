namespace SensorApp.Tests.Api;

public sealed class ApiDocumentTests
{
    [Fact]
    public async Task Document_EveryRoute_HasAnIdASummaryAndErrors()
    {
        await using var api = await ApiServer.StartAsync();

        var document = await api.GetJsonAsync("/openapi/v1.json");

        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!).ToList();
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(18, operations.Count);
        Assert.All(operations, operation => Assert.NotNull(operation["operationId"]));
        Assert.All(operations, operation => Assert.NotNull(operation["summary"]));
        Assert.All(operations, operation => Assert.Contains(operation["responses"]!.AsObject(), answer => answer.Key.StartsWith('4')));
    }

    [Fact]
    public async Task Document_Upload_DescribesTheForm()
    {
        await using var api = await ApiServer.StartAsync();

        var upload = (await api.GetJsonAsync("/openapi/v1.json"))["paths"]!["/upload"]!["post"]!;

        var file = upload["requestBody"]!["content"]!["multipart/form-data"]!["schema"]!["properties"]!["file"]!;
        Assert.Equal(("string", "binary"), (file["type"]!.GetValue<string>(), file["format"]!.GetValue<string>()));
        Assert.Contains(upload["parameters"]!.AsArray(), parameter => parameter!["name"]!.GetValue<string>() == "Idempotency-Key");
    }
}

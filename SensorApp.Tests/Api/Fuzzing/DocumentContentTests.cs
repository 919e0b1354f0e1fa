using System.Text.Json.Nodes;
using SensorApp.Api.Endpoints.Meta;

namespace SensorApp.Tests.Api.Fuzzing;

public sealed class DocumentContentTests : IAsyncLifetime
{
    private ApiServer _api = null!; // set before each test
    private DescribedApi _described = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        _api = await ApiServer.StartAsync();
        _described = new DescribedApi(await _api.GetJsonAsync("/openapi/v1.json"));
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public void Document_EachExample_IsWhatItsSchemaSays() => Assert.Empty(_described.FaultsOfExamples());

    [Fact]
    public void Document_EachAnswerWithABody_HasAnExample()
    {
        var without = from operation in _described.Operations
                      from response in operation.Node["responses"]!.AsObject()
                      from media in response.Value!["content"] as JsonObject ?? []
                      where media.Key != "application/octet-stream" && media.Value!["example"] is null && media.Value["examples"] is null && !(operation.Id == "GetHealth" && response.Key == "503")
                      select $"{operation.Id} {response.Key} {media.Key}";

        Assert.Empty(without);
    }

    [Fact]
    public void Document_EachParameter_SaysWhatItMeans()
    {
        var without = from operation in _described.Operations
                      from parameter in operation.Parameters
                      where string.IsNullOrEmpty(parameter["description"]?.GetValue<string>()) || parameter["schema"]?["type"] is null
                      select $"{operation.Id} {parameter["name"]}";

        Assert.Empty(without);
    }

    [Fact]
    public void Document_EachSchemaAndMember_SaysWhatItMeans()
    {
        var schemas = _described.Schemas.Where(schema => schema.Value!["description"] is null).Select(schema => schema.Key);
        var members = from schema in _described.Schemas
                      from member in schema.Value!["properties"] as JsonObject ?? []
                      where member.Value!["description"] is null && member.Value["$ref"] is null
                      select $"{schema.Key}.{member.Key}";

        Assert.Empty(schemas.Concat(members));
    }

    [Fact]
    public void Document_EachProblemCode_IsDescribedWhereItHappens()
    {
        var described = from operation in _described.Operations
                        from response in operation.Node["responses"]!.AsObject()
                        from example in response.Value!["content"]?["application/problem+json"]?["examples"] as JsonObject ?? []
                        select example.Key;

        // Of no route in particular.
        string[] ofNoRoute = ["route_not_found", "method_not_allowed"];
        Assert.Equal(KnownProblems.All.Select(problem => problem.Code).Except(ofNoRoute).Order(), described.Distinct().Order());
    }

    [Fact]
    public void Document_Server_IsTheOneThatItComesFrom() => Assert.Equal("/", _described.Server);
}

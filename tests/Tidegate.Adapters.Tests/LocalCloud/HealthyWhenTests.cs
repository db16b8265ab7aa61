using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary><c>readyWhen</c> and <c>liveWhen</c> of service.json: what works is honoured, what cannot is refused with its place and remedy.</summary>
public sealed class HealthyWhenTests
{
    [Theory]
    [InlineData("""{ "ready": "/r", "readyWhen": { "contains": "ok", "json": "$.a", "equals": "b" } }""", "health.readyWhen: it says \"contains\" and \"json\"", "Write either")]
    [InlineData("""{ "ready": "/r", "readyWhen": { "contains": "ok", "equals": "b" } }""", "health.readyWhen: \"equals\" is of a value", "Write either")]
    [InlineData("""{ "ready": "/r", "readyWhen": { "json": "$.a" } }""", "health.readyWhen: \"json\" names a value, and \"equals\" is missing", "Write either")]
    [InlineData("""{ "ready": "/r", "readyWhen": { } }""", "health.readyWhen: it says nothing", "Write either")]
    [InlineData("""{ "ready": "/r", "readyWhen": { "contains": "" } }""", "health.readyWhen: an empty text", "Write either")]
    [InlineData("""{ "ready": "/r", "readyWhen": { "json": "status", "equals": "UP" } }""", "json 'status' is no place in JSON", "Write $, then member names")]
    [InlineData("""{ "ready": "/r", "readyWhen": { "json": "$", "equals": "UP" } }""", "json '$' is no place in JSON", "Write $, then member names")]
    [InlineData("""{ "ready": "/r", "readyWhen": { "json": "$..status", "equals": "UP" } }""", "no place in JSON", "positions in brackets")]
    [InlineData("""{ "ready": "/r", "readyWhen": { "json": "$.a[*]", "equals": "UP" } }""", "no place in JSON", "positions in brackets")]
    [InlineData("""{ "ready": "/r", "live": "/l", "liveWhen": { "json": "$.a[-1]", "equals": "UP" } }""", "health.liveWhen: json", "positions in brackets")]
    [InlineData("""{ "ready": "/r", "liveWhen": { "contains": "ok" } }""", "health.liveWhen is of the answer of health.live", "Add \"live\"")]
    public void One_that_cannot_work_is_refused(string health, string what, string remedy)
    {
        var refused = Should.Throw<InvalidDataException>(() => Read(health));

        refused.Message.ShouldContain(ServiceManifest.FileName);
        refused.Message.ShouldContain(what);
        refused.Message.ShouldContain(remedy);
    }

    [Fact]
    public void What_works_is_read_of_the_service_and_of_what_it_brings_along()
    {
        var manifest = Read("""{ "ready": "/r", "readyWhen": { "json": "$.checks[0].state", "equals": "UP" }, "live": "/l", "liveWhen": { "contains": "ok" } }""");

        manifest.Health.ShouldBe(new HealthPaths("/r", "/l", new(Json: "$.checks[0].state", Value: "UP"), new(Contains: "ok")));
        manifest.Dependencies.Single().ReadyWhen.ShouldBe(new HealthyWhen(Contains: "here"));
        Should.Throw<InvalidDataException>(() => Read("""{ "ready": "/r" }""", "{ }")).Message.ShouldContain("readyWhen of dependency 'catalog': it says nothing");
    }

    [Fact]
    public async Task A_service_that_is_healthy_in_its_own_words_gets_ready_on_the_platform()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        cloud.Artifact("a", 1, 10_000, new { NeverReady = true }); // answers Degraded for ever
        cloud.Add("a", ServiceManifest.FileName, """
            { "name": "orders", "version": "1.0.a", "run": ["dotnet", "TestService.dll"], "health": { "ready": "/health/ready", "readyWhen": { "contains": "Degraded" } } }
            """);

        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));

        region.Phase.ShouldBe(RegionPhase.Converged, region.Failure);
    }

    private static ServiceManifest Read(string health, string readyWhen = """{ "contains": "here" }""")
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.At(ServiceManifest.FileName), $$"""
            {
              "name": "orders", "version": "1", "run": ["x"], "health": {{health}},
              "dependencies": [{ "name": "catalog", "sharing": "own", "run": ["y"], "ready": "/r", "readyWhen": {{readyWhen}} }]
            }
            """);
        return ServiceManifest.Read(Path.GetDirectoryName(folder.At(ServiceManifest.FileName))!);
    }
}

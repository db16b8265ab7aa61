using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class ControlTests
{
    [Fact]
    public async Task Whoever_asks_learns_who_answers()
    {
        await using var cloud = await CloudUnderTest.StartAsync();

        var info = await cloud.InfoAsync();

        (info.Protocol, info.Build, info.Pid, info.State).ShouldBe((CloudProtocol.Version, "test", cloud.Pid, cloud.Places.State));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_desired_state_is_told_at_once_and_nothing_is_made()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var good = cloud.Artifact("a", 1, 10_000);
        var wrong = new RegionDesired(
            0,
            "",
            [good with { Digest = "sha256:short" }, good with { Instances = 0 }, good with { Digest = CloudUnderTest.Digest("b"), ArtifactPath = "/absent" }],
            ["orders"],
            new TrafficProfile(0, 1, [new UserRequest("get", "orders", 0)]),
            StartDeadlineSeconds: 0,
            DrainDeadlineSeconds: 601);

        using var response = await cloud.PutAsync(wrong);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = (await response.Content.ReadFromJsonAsync(CloudJson.Default.CloudProblem, TestContext.Current.CancellationToken))!.Problem;
        foreach (var part in new[]
        {
            "generation 0", "operation", "startDeadlineSeconds", "drainDeadlineSeconds", "weights", "sha256:short", "instances", "/absent/service.json",
            "'orders' is not a method and a path", "requestsPerSecond", "method 'get'", "path 'orders'", "weight of get",
        })
        {
            problem.ShouldContain(part);
        }

        using var observed = await cloud.Client.GetAsync("environments/production", TestContext.Current.CancellationToken);
        observed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("environments/Production/regions/eu-west")]
    [InlineData("environments/production/regions/eu_west")]
    [InlineData("environments/production/regions/..%2F..%2Fetc")]
    [InlineData("environments/-/regions/eu-west")]
    public async Task A_name_that_could_leave_its_folder_is_refused(string path)
    {
        await using var cloud = await CloudUnderTest.StartAsync();

        using var response = await cloud.Client.PutAsJsonAsync(path, cloud.Desired(), CloudJson.Default.RegionDesired, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{ "generation": 1, "operation": "x", "versions": [], "endpoints": [], "surprise": 1 }""")]
    [InlineData("""{ "generation": 1, "generation": 2, "operation": "x", "versions": [], "endpoints": [] }""")]
    [InlineData("""{ "generation": 1, "operation": null, "versions": [], "endpoints": [] }""")]
    [InlineData("""{ "generation": 1, "versions": [], "endpoints": [] }""")]
    public async Task A_body_that_is_not_exactly_as_agreed_is_refused(string body)
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await cloud.Client.PutAsync("environments/production/regions/eu-west", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_beyond_the_cap_is_refused()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        using var content = new ByteArrayContent(new byte[CloudProtocol.LargestBody + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Put, "environments/production/regions/eu-west") { Content = content };

        // The server refuses by the announced length, so the client must not be in the middle of sending.
        request.Headers.ExpectContinue = true;
        using var response = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task An_artifact_may_not_name_a_program_outside_itself()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var version = cloud.Artifact("a", 1, 10_000);
        var manifest = ServiceManifest.Read(version.ArtifactPath) with { Run = ["../../bin/sh", "-c", "true"] };
        await File.WriteAllTextAsync(
            Path.Combine(version.ArtifactPath, ServiceManifest.FileName),
            JsonSerializer.Serialize(manifest, CloudJson.Default.ServiceManifest),
            TestContext.Current.CancellationToken);

        using var response = await cloud.PutAsync(cloud.Desired(version));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("outside the artifact");
    }

    [Fact]
    public async Task The_last_lines_of_an_instance_can_be_read_and_no_other_file()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var region = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        const string logs = "environments/production/regions/eu-west/logs?instance=";

        (await cloud.Client.GetStringAsync(logs + region.Versions[0].Instances[0].Id, TestContext.Current.CancellationToken)).ShouldContain("starting");
        foreach (var other in new[] { "", "absent-1", "../../../cloud", "..%2F..%2F..%2Fcloud" })
        {
            using var response = await cloud.Client.GetAsync(logs + other, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }
}

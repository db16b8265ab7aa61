using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>What is refused changes nothing, so one cloud hears all of it; only one test makes something, in a region of which no other expects anything.</summary>
public sealed class ControlTests(ControlTests.OneCloud one) : IClassFixture<ControlTests.OneCloud>
{
    private readonly CloudUnderTest _cloud = one.Cloud;

    [Fact]
    public async Task Whoever_asks_learns_who_answers()
    {
        var info = await _cloud.InfoAsync();

        (info.Protocol, info.Build, info.Pid, info.State).ShouldBe((CloudProtocol.Version, "test", _cloud.Pid, _cloud.Places.State));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_desired_state_is_told_at_once_and_nothing_is_made()
    {
        var good = _cloud.Artifact("a", 1, 10_000);
        var wrong = new RegionDesired(
            0,
            "",
            [good with { Digest = "sha256:short" }, good with { Instances = 0 }, good with { Digest = _cloud.Digest("b"), ArtifactPath = "/absent" }],
            ["orders"],
            new TrafficProfile(0, 1, [new UserRequest("get", "orders", 0)]),
            StartDeadlineSeconds: 0,
            DrainDeadlineSeconds: 601);

        using var response = await _cloud.PutAsync(wrong, environment: "untouched");

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

        using var observed = await _cloud.Client.GetAsync("environments/untouched", TestContext.Current.CancellationToken);
        observed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("environments/Production/regions/eu-west")]
    [InlineData("environments/production/regions/eu_west")]
    [InlineData("environments/production/regions/..%2F..%2Fetc")]
    [InlineData("environments/-/regions/eu-west")]
    public async Task A_name_that_could_leave_its_folder_is_refused(string path)
    {
        using var response = await _cloud.Client.PutAsJsonAsync(path, _cloud.Desired(), CloudJson.Default.RegionDesired, TestContext.Current.CancellationToken);

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
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await _cloud.Client.PutAsync("environments/production/regions/eu-west", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_beyond_the_cap_is_refused()
    {
        using var content = new ByteArrayContent(new byte[CloudProtocol.LargestBody + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Put, "environments/production/regions/eu-west") { Content = content };

        // The server refuses by the announced length, so the client must not be in the middle of sending.
        request.Headers.ExpectContinue = true;
        using var response = await _cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task An_artifact_may_not_name_a_program_outside_itself()
    {
        var version = _cloud.Artifact("c", 1, 10_000);
        var manifest = ServiceManifest.Read(version.ArtifactPath) with { Run = ["../../bin/sh", "-c", "true"] };
        await File.WriteAllTextAsync(
            Path.Combine(version.ArtifactPath, ServiceManifest.FileName),
            JsonSerializer.Serialize(manifest, CloudJson.Default.ServiceManifest),
            TestContext.Current.CancellationToken);

        using var response = await _cloud.PutAsync(_cloud.Desired(version));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("outside the artifact");
    }

    [Fact]
    public async Task The_last_lines_of_an_instance_can_be_read_and_no_other_file()
    {
        var region = await _cloud.BringAboutAsync(_cloud.Desired(_cloud.Artifact("a", 1, 10_000)));
        const string logs = "environments/production/regions/eu-west/logs?instance=";

        (await _cloud.Client.GetStringAsync(logs + region.Versions[0].Instances[0].Id, TestContext.Current.CancellationToken)).ShouldContain("starting");
        foreach (var other in new[] { "", "absent-1", "../../../cloud", "..%2F..%2F..%2Fcloud" })
        {
            using var response = await _cloud.Client.GetAsync(logs + other, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    public sealed class OneCloud : IAsyncLifetime
    {
        internal CloudUnderTest Cloud { get; } = CloudUnderTest.NotStarted();

        public async ValueTask InitializeAsync() => await Cloud.LaunchAsync();

        public ValueTask DisposeAsync() => Cloud.DisposeAsync();
    }
}

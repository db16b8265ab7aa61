using Tidegate.Engine;
using Tidegate.Engine.Simulation;
using Tidegate.Pipeline;
using Tidegate.Testing;

namespace Tidegate.Delivery.Tests.Delivery;

/// <summary><c>HealthGate --calibrate</c> on the simulated platform, with edges that count by instance.</summary>
public sealed class CalibrationTests : IAsyncDisposable
{
    private readonly PipelineDefinition _definition = Some.Pipeline();
    private readonly VirtualTime _time = new(Some.Noon);
    private readonly SimulatedPlatform _platform;
    private readonly MemoryLedger _ledger;
    private readonly List<string> _said = [];

    public CalibrationTests()
    {
        _platform = new SimulatedPlatform(_definition.Environments, ["GET /products"], _time, seed: 1);
        _ledger = new MemoryLedger(_time);
    }

    [Fact]
    public async Task Proposes_in_plain_words_what_was_measured_for_how_long_and_how_sure_it_is_and_touches_nothing()
    {
        _platform.Seed("production", Some.Digest("one"));

        var end = await CalibrateAsync("production", "10m", new Edges(i => i == 0 ? 0.06 : 0.02));

        end.Outcome.ShouldBe(Outcome.Released);
        var lines = end.Because.Split(Environment.NewLine);
        lines[0].ShouldStartWith("The instances of ");
        lines[0].ShouldContain(" in production differ: ");
        lines[1].ShouldMatch("""^Proposed for the profile's comparison: "tolerance": [2-9]\.\d\d, "dispersion": 1\.\d, "slowDispersion": 1\.\d$""");
        lines[2].ShouldMatch(@"^Measured: 10m of 5 instances, 60,000 requests, of which 1,\d{3} failed and 0 were slow\.$");
        lines[3].ShouldStartWith("How sure: ");
        lines[4].ShouldStartWith("Rehearsed: each instance as the candidate beside the others");
        lines[5].ShouldBe("Nothing was changed.");
        _platform.Effects.ShouldBeEmpty();
        (await _ledger.ReadAsync("production", TestContext.Current.CancellationToken)).ShouldBeEmpty();
        _said.Count.ShouldBeInRange(9, 12);
    }

    [Fact]
    public async Task Few_failures_are_said_to_be_few_with_the_time_that_enough_of_them_take()
    {
        _platform.Seed("production", Some.Digest("one"));

        var end = await CalibrateAsync("production", "1m", new Edges(_ => 0.002));

        end.Because.ShouldContain("How sure: not very.");
        end.Because.ShouldContain("at this rate that takes ");
    }

    [Theory]
    [InlineData("production", "soon", Outcome.InputInvalid, "write a duration from 10s to 1d")]
    [InlineData("production", "1s", Outcome.InputInvalid, "write a duration from 10s to 1d")]
    [InlineData("mars", "10m", Outcome.InputInvalid, "there is no environment 'mars'")]
    [InlineData("production", "10m", Outcome.PolicyRefused, "nothing runs in production")]
    public async Task What_cannot_be_measured_is_refused_with_the_reason(string environment, string duration, Outcome outcome, string because)
    {
        var end = await CalibrateAsync(environment, duration, new Edges(_ => 0));

        end.Outcome.ShouldBe(outcome);
        end.Because.ShouldContain(because);
        _said.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edges_that_do_not_count_by_instance_or_do_not_answer_are_named()
    {
        _platform.Seed("production", Some.Digest("one"));

        (await CalibrateAsync("production", "1m", new Edges(_ => 0, byInstance: false))).Because.ShouldContain("do not count by instance");
        (await CalibrateAsync("production", "1m", new Edges(_ => 0, answers: false))).Outcome.ShouldBe(Outcome.PlatformUnknown);
    }

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    private Task<StageEnd> CalibrateAsync(string environment, string duration, ITrafficSource traffic) => DeliveryPipeline.Open(
        new("", "", "local", Path.Combine(Path.GetTempPath(), "tidegate-none"), "", DryRunSeed: 1),
        _definition,
        new(_ledger, _platform, traffic, [], new Silent(), _time),
        "this test").CalibrateAsync(environment, duration, _said.Add, TestContext.Current.CancellationToken);

    /// <summary>Five instances that answer a hundred requests each between two readings.</summary>
    private sealed class Edges(Func<int, double> failureRate, bool answers = true, bool byInstance = true) : ITrafficSource
    {
        private readonly Random _random = new(3);
        private readonly long[] _failed = new long[5];
        private long _requests;

        public Task<TrafficReading> ReadAsync(string environment, CancellationToken cancellationToken)
        {
            _requests += 100;
            for (var i = 0; i < _failed.Length; i++) _failed[i] += Enumerable.Range(0, 100).Count(_ => _random.NextDouble() < failureRate(i));
            return Task.FromResult<TrafficReading>(answers
                ? new TrafficReading.Counted([new VersionTraffic("eu-west", Some.Digest("one"), new Dictionary<string, EndpointCounters>())
                {
                    Instances = Enumerable.Range(0, byInstance ? 5 : 0).ToDictionary(i => $"i{i}", i => new InstanceTraffic(
                        new(_requests, _failed[i], new LatencyCounts([100], [0])), new Dictionary<string, EventCount> { ["GET /"] = new(_failed[i], _requests) })),
                }])
                : new TrafficReading.SourceFailed("no answer"));
        }

        public Task<TrafficHistory> HistoryAsync(string environment, TimeSpan span, CancellationToken cancellationToken) => Task.FromResult(TrafficHistory.None);
    }
}

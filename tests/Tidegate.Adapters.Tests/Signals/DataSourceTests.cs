using Tidegate.Signals;
using Tidegate.Testing;
using static Tidegate.Adapters.Tests.Signals.Observed;

namespace Tidegate.Adapters.Tests.Signals;

public sealed class DataSourceTests
{
    private static readonly HealthSignal Data = Some.Signal("data", new SignalRule.Data(
        new("POST", "/orders", "{}", 201, null), new("GET", "/orders/{0}", null, 200, null), "id"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_each_version_writes_each_version_reads()
    {
        var store = new Store();
        await using var old = store.Server("old");
        await using var fresh = store.Server("new");

        (await new DataSource().ReadAsync(Data, Both(old, fresh), Token)).ShouldBe(new SignalReading.Passed());

        store.Log.ShouldBe(["old writes 1", "old reads 1", "new reads 1", "new writes 2", "old reads 2", "new reads 2"]);
    }

    [Fact]
    public async Task A_write_that_the_other_version_cannot_read_fails_and_names_both()
    {
        var store = new Store { Unreadable = (reader, writer) => reader == "old" && writer == "new" };
        await using var old = store.Server("old");
        await using var fresh = store.Server("new");

        (await new DataSource().ReadAsync(Data, Both(old, fresh), Token))
            .ShouldBe(new SignalReading.Failed($"eu-west: data written by {New.Brief} cannot be read by {Old.Brief}: GET /orders/2 answered 500 'cannot', wanted 200"));
    }

    /// <summary>After everything was rolled down, what the candidate left behind must not break the version that is back.</summary>
    [Fact]
    public async Task What_was_written_before_a_step_is_read_after_it_though_its_writer_is_gone()
    {
        var store = new Store();
        await using var old = store.Server("old");
        await using var fresh = store.Server("new");
        var source = new DataSource();
        await source.ReadAsync(Data, Target(Region("eu-west", Version(New, Instance(fresh.Address)))), Token);
        var down = Target(Region("eu-west", Version(Old, Instance(old.Address))));

        (await source.ReadAsync(Data, down, Token)).ShouldBe(new SignalReading.Passed());
        store.Log.ShouldContain("old reads 1");

        store.Unreadable = (reader, writer) => reader == "old" && writer == "new";
        (await source.ReadAsync(Data, down, Token)).ShouldBeOfType<SignalReading.Failed>()
            .Because.ShouldStartWith($"eu-west: data written by {New.Brief} cannot be read by {Old.Brief}: GET /orders/1 answered 500");
    }

    /// <summary>A pipeline that is killed between two steps of the test, and called again.</summary>
    [Fact]
    public async Task What_was_written_before_a_kill_is_read_after_it_and_only_for_the_same_candidate()
    {
        var store = new Store();
        using var folder = new TemporaryFolder();
        await using var old = store.Server("old");
        await using var fresh = store.Server("new");
        await new DataSource(folder["written"])
            .ReadAsync(Data, Target(Region("eu-west", Version(New, Instance(fresh.Address)))), Token);
        var down = Target(Region("eu-west", Version(Old, Instance(old.Address))));
        store.Unreadable = (reader, writer) => reader == "old" && writer == "new";

        (await new DataSource(folder["written"]).ReadAsync(Data, down, Token)).ShouldBeOfType<SignalReading.Failed>()
            .Because.ShouldStartWith($"eu-west: data written by {New.Brief} cannot be read by {Old.Brief}");

        (await new DataSource(folder["written"])
            .ReadAsync(Data, down with { Candidate = Some.Digest("a later release") }, Token))
                .ShouldBe(new SignalReading.Passed());
    }

    [Fact]
    public async Task A_region_that_never_answers_does_not_hide_that_others_fail()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var silent = StubServer.Raw((_, _, _) => deadline.CancelAsync());
        var broken = Enumerable.Range(1, 9).Select(i => Region($"r{i}", Version(New, Instance("nowhere"))));

        var reading = await new DataSource().ReadAsync(Data, Target([.. broken, Region("us-east", Version(New, Instance(silent.Address)))]), deadline.Token);

        reading.ShouldBeOfType<SignalReading.Failed>().Because.ShouldContain($"{New.Brief} cannot write: POST /orders got no answer");
    }

    [Fact]
    public async Task Of_each_writer_the_newest_five_are_kept()
    {
        var store = new Store();
        await using var server = store.Server("new");
        var source = new DataSource();
        var target = Candidate(Instance(server.Address));
        for (var i = 0; i < 8; i++) (await source.ReadAsync(Data, target, Token)).ShouldBe(new SignalReading.Passed());
        store.Log.Clear();

        await source.ReadAsync(Data, target, Token);

        store.Log.ShouldBe(["new reads 4", "new reads 5", "new reads 6", "new reads 7", "new reads 8", "new writes 9", "new reads 9"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"id\":null}")]
    [InlineData("{\"id\":{}}")]
    [InlineData("{\"id\":\"\"}")]
    [InlineData("{\"other\":1}")]
    [InlineData("{\"id\":1,\"id\":2}")]
    [InlineData("{\"id\":1")]
    [InlineData("<html>")]
    public async Task An_answer_that_does_not_name_what_was_written_fails(string body)
    {
        await using var server = StubServer.Of(_ => (201, body));

        (await new DataSource().ReadAsync(Data, Candidate(Instance(server.Address)), Token))
            .ShouldBeOfType<SignalReading.Failed>().Because.ShouldStartWith($"eu-west: {New.Brief} wrote, but its answer");
    }

    [Fact]
    public async Task A_name_with_a_path_in_it_stays_one_part_of_the_path()
    {
        await using var server = StubServer.Of(r => r.StartsWith("POST", StringComparison.Ordinal) ? (201, "{\"id\":\"../a b?c\"}") : (200, ""));

        (await new DataSource().ReadAsync(Data, Candidate(Instance(server.Address)), Token)).ShouldBe(new SignalReading.Passed());
        server.Requests.Last().ShouldBe("GET /orders/..%2Fa%20b%3Fc HTTP/1.1\n");
    }

    [Fact]
    public async Task A_version_that_cannot_write_fails()
    {
        await using var server = StubServer.Of(_ => (503, "read-only"));

        (await new DataSource().ReadAsync(Data, Candidate(Instance(server.Address)), Token))
            .ShouldBe(new SignalReading.Failed($"eu-west: {New.Brief} cannot write: POST /orders answered 503 'read-only', wanted 201"));
    }

    [Fact]
    public async Task Without_any_ready_instance_there_is_nothing_to_say() =>
        (await new DataSource().ReadAsync(Data, Candidate(Instance(null, InstanceState.Starting)), Token)).ShouldBeOfType<SignalReading.NoData>();

    private static Engine.SignalTarget Both(StubServer old, StubServer fresh) =>
        Target(Region("eu-west", Version(Old, Instance(old.Address)), Version(New, Instance(fresh.Address))));

    /// <summary>One database under two versions of a service.</summary>
    private sealed class Store
    {
        private readonly List<string> _writers = [];

        public List<string> Log { get; } = [];

        public Func<string, string, bool> Unreadable { get; set; } = (_, _) => false;

        public StubServer Server(string version) => StubServer.Of(request =>
        {
            if (request.StartsWith("POST", StringComparison.Ordinal))
            {
                _writers.Add(version);
                Log.Add($"{version} writes {_writers.Count}");
                return (201, $"{{\"id\":{_writers.Count}}}");
            }

            var id = int.Parse(request.Split(' ')[1]["/orders/".Length..], System.Globalization.CultureInfo.InvariantCulture);
            Log.Add($"{version} reads {id}");
            return Unreadable(version, _writers[id - 1]) ? (500, "cannot") : (200, "{}");
        });
    }
}

using Tidegate.Engine;
using Tidegate.Testing;
using static Tidegate.Adapters.Tests.Signals.Observed;

namespace Tidegate.Adapters.Tests.Signals;

public sealed class ObservationSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Rules => ["live", "memory"];

    /// <summary>FAULTS, promise I3: a missing reading is never a pass.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Without_an_instance_of_the_candidate_there_is_no_value_unless_none_is_wanted(string rule)
    {
        var signal = rule == "live" ? Some.Live : Some.Memory;

        (await ReadAsync(signal, Target())).ShouldBe(new SignalReading.NoData("no instance of the candidate is there"));
        (await ReadAsync(signal, Target(Region("eu-west", Version(Old, Instance("unix:/old")))) with { WantedIn = ["eu-west"] })).ShouldBe(new SignalReading.NoData("no instance of the candidate is there in eu-west"));
        (await ReadAsync(signal, Target(Region("eu-west", Version(Old, Instance("unix:/old")))) with { WantedIn = [] })).ShouldBe(new SignalReading.Passed());
    }

    [Fact]
    public async Task An_instance_that_died_is_bad_whatever_else_is_missing() =>
        (await ReadAsync(Some.Live, Target(Region("eu-west", Version(New, Instance(null, InstanceState.Exited)))) with { WantedIn = ["eu-west", "us-east"] }))
            .ShouldBe(new SignalReading.Failed("died and was restarted: orders-1"));

    private static Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target) => new ObservationSource().ReadAsync(signal, target, Token);
}

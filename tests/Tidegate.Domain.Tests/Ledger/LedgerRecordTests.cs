using System.Text.Json;
using Tidegate.Testing;

namespace Tidegate.Domain.Tests.Ledger;

public sealed class LedgerRecordTests
{
    [Fact]
    public void A_record_tells_back_exactly_what_was_written_a_whole_plan_included()
    {
        var watched = Some.Pipeline(s => s with { Gate = s.Gate with { Signals = [.. s.Gate.Signals, Some.Calls, Some.Calls with { Name = "health", Rule = new SignalRule.Health(new Uri("http://catalog/health")) }] } });
        var plan = PlanBuilder.Build(watched, Stage.RegionWaves, Some.Artifact("new"), "orders-1", new("production", []));
        LedgerFact[] facts =
        [
            new LedgerFact.Planned(plan, "asked for"),
            new LedgerFact.Intended("orders-1/Canary/one", plan.Steps[0].Targets[0]),
            new LedgerFact.Happened(new ReleaseEvent.Judged(0, new(Verdict.Unhealthy, [new("errors", Verdict.Unhealthy, "1 of 10", new(1, 10), null, 0, double.PositiveInfinity)], []))),
            new LedgerFact.Happened(new ReleaseEvent.Decided(Decision.RollBack, "ada", "looks bad")),
        ];

        foreach (var fact in facts)
        {
            var record = LedgerRecord.Next("production", 1, LedgerRecord.Genesis, Some.Noon, fact);

            record.Follows(LedgerRecord.Genesis).ShouldBeTrue();
            LedgerRecord.Next("production", 1, LedgerRecord.Genesis, Some.Noon, record.Fact()).ShouldBe(record);
        }
    }

    [Fact]
    public void A_record_that_was_changed_moved_or_renamed_does_not_follow()
    {
        var record = LedgerRecord.Next("production", 2, "before", Some.Noon, new LedgerFact.Happened(new ReleaseEvent.Placed(0)));

        (record with { Payload = record.Payload.Replace('0', '1') }).Follows("before").ShouldBeFalse();
        (record with { Sequence = 3 }).Follows("before").ShouldBeFalse();
        (record with { Stream = "beta" }).Follows("before").ShouldBeFalse();
        (record with { At = Some.Noon.AddTicks(1) }).Follows("before").ShouldBeFalse();
        record.Follows("another").ShouldBeFalse();
    }

    [Fact]
    public void A_fact_of_an_unknown_kind_is_refused() =>
        Should.Throw<JsonException>(() => new LedgerRecord("production", 1, Some.Noon, """{"fact":"teleported"}""", "").Fact());
}

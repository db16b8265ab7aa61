using Nuke.Common;
using Tidegate.Components;

namespace Tidegate.Delivery.Tests.Components;

/// <summary>The guard stands in front of the first effect on every host: on NUKE itself each of these would do something else, silently.</summary>
public sealed class CommandLineGuardTests
{
    [Theory]
    [InlineData]
    [InlineData("Canary")]
    [InlineData("canary")]
    [InlineData("deploy-alpha")]
    [InlineData("Canary", "--dry-run")]
    [InlineData("Canary", "--dry-run", "true", "--seed", "-5")]
    [InlineData("Canary", "--dry-run=false", "--DeliveryProfile=production")]
    [InlineData("Canary", "--setting", "A:B=c", "D=e", "--skip", "UnitTest", "StaticAnalysis")]
    [InlineData("--target", "Canary", "--no-logo", "--verbosity", "quiet")]
    [InlineData("Canary", "--parallel")]
    [InlineData("Canary", "--parallel", "2", "--continue")]
    public void What_is_understood_passes(params string[] arguments) => Check(arguments).ShouldBeEmpty();

    [Theory]
    [InlineData("TG3010", "Did you mean RegionWaves?", "RegionWave")]
    [InlineData("TG3010", "Did you mean UnitTest?", "Canary", "--skip", "UnitTests")]
    [InlineData("TG3011", "Did you mean --dry-run?", "Canary", "--dryrum")]
    [InlineData("TG3011", "Did you mean --delivery-profile?", "Canary", "--deliver-profile", "production")]
    [InlineData("TG3012", "Write a value of type Int32.", "Canary", "--seed", "many")]
    [InlineData("TG3013", "Targets come first: ./build.sh RegionWaves --dry-run", "--dry-run", "RegionWaves")]
    [InlineData("TG3013", "Targets come first", "--seed", "1", "RegionWaves")]
    [InlineData("TG3019", "Write all values behind one: --setting ONE TWO.", "Canary", "--setting", "A:B=c", "--setting", "D=e")]
    [InlineData("TG3014", "Write --seed VALUE.", "Canary", "--seed")]
    [InlineData("TG3014", "a variable of your CI may be empty", "Canary", "--artifact", "")]
    [InlineData("TG3014", "a variable of your CI may be empty", "Canary", "--release=")]
    public void What_would_be_ignored_swallowed_or_lost_is_a_problem_with_its_cure(string code, string cure, params string[] arguments)
    {
        var problem = Check(arguments).ShouldHaveSingleItem();

        problem.Code.ShouldBe(code);
        problem.NextStep.ShouldContain(cure);
    }

    [Theory]
    [InlineData("Write --dry-run true.", "RegionWaves", "--dry-run=true")]
    [InlineData("Write --delivery-profile production.", "Canary", "--delivery-profile=production")]
    [InlineData("Write --release VALUE.", "Rollback", "--release=")]
    [InlineData("Write --target RegionWaves.", "--target=RegionWaves")]
    public void A_value_that_NUKE_would_drop_is_refused_there(string cure, params string[] arguments)
    {
        var problem = Check(arguments, takesInline: false).ShouldHaveSingleItem();

        problem.Code.ShouldBe("TG3020");
        problem.NextStep.ShouldBe(cure);
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        Check("Canery", "--sed", "1", "--dry-run", "perhaps").Select(p => p.Code).ShouldBe(["TG3010", "TG3011", "TG3013"]);

    [Theory]
    [InlineData("TG3017", "Status", "Status")]
    [InlineData("TG3017", "Canary", "Compile", "Package", "Canary")]
    [InlineData("TG3017", null, "UnitTest")]
    [InlineData(null, "HealthGate", "HealthGate")]
    [InlineData(null, "Status", "Status", "HealthGate")]
    [InlineData(null, "Mine", "HealthGate", "Mine")]
    [InlineData(null, "Own", "Own")]
    public void What_belongs_to_the_gate_is_a_problem_where_only_other_targets_of_ours_run(string? code, string? invoked, params string[] planned)
    {
        foreach (var given in new string[][] { ["--environment", "beta"], ["--calibrate"], ["--promote-gate=next"] })
        {
            CommandLineGuard.Check(typeof(Whole), given, invoked is null ? [] : [invoked], planned).Select(p => p.Code).ShouldBe(code is null ? [] : [code]);
        }
    }

    [Theory]
    [InlineData("TG3018", "Status", "Status")]
    [InlineData("TG3018", "DeployBeta", "Package", "DeployAlpha", "DeployBeta")]
    [InlineData(null, "Canary", "Package", "Canary")]
    [InlineData(null, "RegionWaves", "Canary", "RegionWaves")]
    [InlineData(null, "Mine", "Mine")]
    public void What_is_expected_of_users_is_a_problem_where_no_users_are_reached(string? code, string invoked, params string[] planned) =>
        CommandLineGuard.Check(typeof(Whole), ["--expect", "GET /old: gone", "GET /new: moved"], [invoked], planned)
            .Select(p => p.Code).ShouldBe(code is null ? [] : [code]);

    private static IReadOnlyList<Problem> Check(params string[] arguments) => Check(arguments, takesInline: true);

    private static IReadOnlyList<Problem> Check(string[] arguments, bool takesInline) =>
        CommandLineGuard.Check(typeof(Whole), arguments, [], [], takesInline);

    private sealed class Whole : NukeBuild, IContinuousDelivery;
}

using Tidegate.Pipeline.Validation;

namespace Tidegate.Pipeline.Declared;

/// <summary>A stage as it is written.</summary>
/// <param name="At">Where.</param>
/// <param name="Bake">Null when it was missing.</param>
internal sealed record DeclaredStage(
    Stage Stage,
    Place At,
    string? Environment,
    IReadOnlyList<Item<string>> Signals,
    IReadOnlyList<Entry<DeclaredDifference>> Differs,
    IReadOnlyList<Entry<int>> Floors,
    DeclaredBake? Bake,
    Reaction Reaction,
    TimeSpan PlacementDeadline,
    int SteadySamples,
    double FalseAlarm,
    IReadOnlyList<Item<int>> Shares,
    int Instances,
    IReadOnlyList<Item<IReadOnlyList<Item<string>>>> Waves,
    bool Compared,
    WhileHeld WhileHeld)
{
    /// <summary>The stages that this pipeline has, in their order. Each may be left out; a later one then does not ask for it.</summary>
    public static ObjectForm<IReadOnlyList<DeclaredStage>> All { get; } = new("stages", Read);

    private static List<DeclaredStage> Read(Members at)
    {
        if (at.IsEmpty) at.At.Refuse(Code.WrongCount, "there is no stage here, so nothing could be released or judged.", $"Add one or more of {string.Join(", ", Enum.GetValues<Stage>().Select(s => s.Written()))}.");
        return [.. new[]
        {
            Optional(at, "stage", Stage.DeployAlpha, "An environment made for this artifact alone: does it start, do smoke checks pass."),
            Optional(at, "stage", Stage.DeployBeta, "Persistent; end-to-end journeys."),
            Optional(at, "stage", Stage.UpgradeDowngradeTest, "Half up, all up, half down, all down, with data written by each version read by the other."),
            Optional(at, "stage", Stage.DeployGamma, "Persistent, production-like, judged by production's signals."),
            Optional(at, "canaryStage", Stage.Canary, "A few production instances in the region with least traffic."),
            Optional(at, "wavesStage", Stage.RegionWaves, "The rest of production, in growing waves."),
        }.OfType<DeclaredStage>()];
    }

    private static DeclaredStage? Optional(Members at, string form, Stage stage, string about) =>
        at.OptionalText(stage.Written(), One(form, stage), "there is no such stage", about);

    private static ObjectForm<DeclaredStage> One(string name, Stage stage) => new(name, at => ReadOne(stage, at));

    private static DeclaredStage ReadOne(Stage stage, Members at)
    {
        at.Remark("about", "A remark for readers.");
        return new(
            stage,
            at.At,
            at.Required("environment", Forms.Name, "the environment that is released to, by name."),
            at.Required("signals", new ListForm<string>(Forms.Name, 1, 100), "what is watched, by name.") ?? [],
            at.Optional("differs", new MapForm<DeclaredDifference>(Forms.Name, DeclaredDifference.Form, 0, 100), [], "Signals, by name, by which this stage is judged otherwise than gamma and production are elsewhere, each with the reason."),
            at.Optional("floors", new MapForm<int>(Forms.Endpoint, Forms.Requests, 0, 100), [], "Requests that the candidate must have answered before it can be healthy, by endpoint."),
            at.Required("bake", DeclaredBake.Form, "how long each step is watched."),
            at.Optional("reaction", Forms.Reaction, Reaction.RollBack, "What an unhealthy verdict leads to: going back at once, or asking the engineer on call."),
            at.Optional("placementDeadline", Forms.Deadline, TimeSpan.FromMinutes(10), "A step whose instances are not ready after this long has failed."),
            at.Optional("steadySamples", Forms.Samples, 3, "Samples in a row in which every signal was good, before healthy is said."),
            at.Optional("falseAlarm", Forms.FalseAlarm, 0.01, "The probability that a bake calls a good release bad by chance."),
            stage == Stage.Canary ? at.Required("shares", new ListForm<int>(Forms.Percent, 1, 20), "shares of the region's traffic, ascending, each with a bake of its own; where versions are compared one share, the most that the canary may take.") ?? [] : [],
            stage == Stage.Canary ? at.Optional("instances", Forms.Instances, 1, "How many instances of the candidate take that traffic.") : 1,
            stage == Stage.RegionWaves ? at.Optional("waves", WavesForm, [], "Regions by wave. Left out: by traffic, one, a larger one, then two, four and so on.") : [],
            at.Optional("compared", Forms.Flag, true, "Beta, gamma, canary and waves: by the profile's comparison, if it has one; false keeps fixed shares and bakes."),
            at.Optional("whileHeld", Forms.WhileHeld, WhileHeld.Withdraw, "While the engineer on call is asked: users are taken back to the share before the step, or stay where they are."));
    }

    private static ListForm<IReadOnlyList<Item<string>>> WavesForm { get; } = new(new ListForm<string>(Forms.Name, 1, Forms.MostRegions), 0, Forms.MostRegions);
}

/// <summary>A bake as it is written.</summary>
internal sealed record DeclaredBake(
    TimeSpan? First,
    TimeSpan? Floor,
    BakeChange Change,
    double? Factor,
    TimeSpan WarmUp,
    double MaximumFactor,
    TimeSpan SampleEvery,
    BakeUntil Until)
{
    public static ObjectForm<DeclaredBake> Form { get; } = new("bake", at => new(
        at.RequiredValue("first", Forms.Bake, "how long the first step is watched."),
        at.OptionalValue("floor", Forms.Bake, "as long as the first", "No step is watched for less."),
        at.Optional("change", Forms.Change, BakeChange.Shrink, "What each passed step does to the next bake: shorter with confidence, longer since later regions have other users, or neither."),
        at.OptionalValue("factor", Forms.BakeFactor, "0.5 to shrink, 2 to grow", "What each passed step multiplies the next bake with."),
        at.Optional("warmUp", Forms.WarmUp, TimeSpan.Zero, "Time after placing in which nothing is judged."),
        at.Optional("maximumFactor", Forms.MaximumFactor, 2, "A bake that lacks evidence goes on for up to this many times its length; then it holds."),
        at.Optional("sampleEvery", Forms.SampleEvery, TimeSpan.FromSeconds(10), "How often every signal is looked at."),
        at.Optional("until", Forms.Until, BakeUntil.Time, "Where versions are compared: the declared time is watched in full, whatever the evidence says, or evidence ends it.")));
}

/// <summary>What ends a bake where versions are compared.</summary>
internal enum BakeUntil
{
    Time,
    Evidence,
}

/// <summary>Where users are while somebody is asked.</summary>
internal enum WhileHeld
{
    Withdraw,
    Stay,
}

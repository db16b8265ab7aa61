using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>From the file as written, once nothing is wrong with it, to the words of the domain.</summary>
internal static class DefinitionBuilder
{
    public const double ShrinkFactor = 0.5;
    public const double GrowFactor = 2;

    public static PipelineDefinition Definition(DeclaredPipeline declared, Entry<DeclaredProfile> profile, string digest)
    {
        var signals = declared.Signals.Select(s => Signal(s.Value)).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var environments = profile.Value.Environments.Select(e => Environment(e.Value)).ToDictionary(e => e.Name, StringComparer.Ordinal);
        return new(
            Known(declared.Service),
            profile.Key,
            digest,
            new Headroom(profile.Value.Headroom),
            profile.Value.Attempts,
            [.. profile.Value.Stages.Select(s => StageOf(s, environments[Known(s.Environment)], signals, profile.Value.Comparison))])
        {
            Endpoints = [.. declared.Endpoints.Select(e => e.Value)],
            Unwatched = profile.Value.Unwatched,
        };
    }

    public static LocalTopology Topology(DeclaredPipeline declared, DeclaredProfile profile) => new(
        [.. declared.Endpoints.Select(e => e.Value)],
        [.. profile.Users.Select(u => new SyntheticUser(Known(u.Value.Method), Known(u.Value.Path), Known(u.Value.Weight), u.Value.Body))],
        [.. profile.Environments.SelectMany(e => e.Value.Regions.Select(r => new RegionTraffic(Known(e.Value.Name), Known(r.Value.Name), r.Value.RequestsPerSecond)))])
    {
        Watched = [.. profile.Environments.SelectMany(e => e.Value.Regions
            .Where(r => r.Value.Addresses.Count > 0)
            .Select(r => new WatchedRegion(Known(e.Value.Name), Known(r.Value.Name), [.. r.Value.Addresses.Select(a => a.Value)])))],
    };

    private static HealthSignal Signal(DeclaredSignal declared) => new(
        Known(declared.Name),
        Known(declared.Rule),
        declared.Scope,
        declared.Role,
        Known(declared.NoData),
        new SignalTolerance(declared.Failures ?? SignalTolerance.For(declared.Role).Failures, declared.ConsecutiveErrors),
        declared.Neighbour);

    /// <summary>The same signal; a limit of the stage's own, when one was declared with its reason.</summary>
    private static HealthSignal InStage(DeclaredStage stage, HealthSignal signal) =>
        stage.Differs.FirstOrDefault(d => d.Key == signal.Name)?.Value.AtMost is { } limit ? signal with { Rule = ParityValidator.WithLimit(signal.Rule, limit)! } : signal;

    private static DeploymentEnvironment Environment(DeclaredEnvironment declared) => new(
        Known(declared.Name),
        [.. declared.Regions.Select(r => new Region(Known(r.Value.Name), Known(r.Value.Instances), r.Value.RequestsPerSecond))],
        declared.Ephemeral,
        declared.Watched);

    private static StageDefinition StageOf(DeclaredStage declared, DeploymentEnvironment environment, Dictionary<string, HealthSignal> signals, DeclaredComparison? comparison) => new(
        declared.Stage,
        environment,
        new GateDefinition(
            [.. declared.Signals.Select(s => InStage(declared, signals[s.Value]))],
            declared.Floors.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal),
            declared.FalseAlarm,
            declared.SteadySamples),
        Bake(Known(declared.Bake)),
        declared.Reaction,
        declared.PlacementDeadline,
        [.. declared.Shares.Select(s => TrafficShare.Percent(s.Value))],
        declared.Instances,
        [.. declared.Waves.Select(w => (IReadOnlyList<string>)[.. w.Value.Select(r => r.Value)])],
        declared.Compared && comparison is not null ? Compared(comparison, Known(declared.Bake)) : null)
    {
        UntilEvidence = Known(declared.Bake).Until == BakeUntil.Evidence,
        StaysWhileHeld = declared.WhileHeld == WhileHeld.Stay,
    };

    /// <summary>A declared bake is a least time, unless evidence ends it.</summary>
    private static SequentialOptions Baked(SequentialOptions options, DeclaredBake bake) =>
        bake is { Until: BakeUntil.Time, First: { } first } && first > options.MinimumTime
            ? options with { MinimumTime = first, CapTime = first > options.CapTime ? first : options.CapTime }
            : options;

    private static ComparisonPolicy Compared(DeclaredComparison declared, DeclaredBake bake) => new(
        declared.Name,
        Baked(declared.Options, bake),
        declared.Dispersion,
        declared.SlowDispersion,
        declared.LatencyTolerance,
        declared.LatencyMargin,
        declared.MemoryLimitMebibytes,
        declared.KeepWarm,
        declared.Confidence,
        declared.Shadow is { } shadow ? new(Known(shadow.Name), shadow.Options) : null)
    {
        FreshBaseline = declared.FreshBaseline,
        EveryRegion = declared.EveryRegion,
        AtCap = declared.AtCap,
    };

    private static BakePolicy Bake(DeclaredBake declared)
    {
        var first = Known(declared.First);
        var factor = declared.Factor ?? (declared.Change == BakeChange.Grow ? GrowFactor : ShrinkFactor);
        return new(first, declared.Floor ?? first, declared.Change, factor, declared.WarmUp, declared.MaximumFactor, declared.SampleEvery);
    }

    /// <summary>Whatever is missing was reported, and then nothing is built.</summary>
    private static T Known<T>(T? value) where T : class => value ?? throw new InvalidOperationException("A missing value was not reported.");

    private static T Known<T>(T? value) where T : struct => value ?? throw new InvalidOperationException("A missing value was not reported.");
}

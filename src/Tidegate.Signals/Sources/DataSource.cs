using System.Collections.Concurrent;
using System.Text.Json;
using Tidegate.Engine;

namespace Tidegate.Signals;

/// <summary>Every version that runs writes something, and every version that runs must be able to read it: now, and after the next step.</summary>
/// <param name="folder">Keeps what was written over a kill of the pipeline; null: it is forgotten then.</param>
public sealed class DataSource(string? folder = null) : ISignalSource
{
    /// <summary>Of each writer in each region, so many keys are kept to be read again.</summary>
    public const int Kept = 5;

    private const int LongestKey = 200;

    private readonly ConcurrentDictionary<(string Environment, string Signal, string Region, ArtifactDigest Candidate),
        WrittenKeys> _written = new();
    private int _looks;

    public bool Reads(SignalRule rule) => rule is SignalRule.Data;

    public async Task<SignalReading> ReadAsync(HealthSignal signal, SignalTarget target, CancellationToken cancellationToken)
    {
        var look = Interlocked.Increment(ref _looks);
        var regions = target.Environment.Regions
            .Select(r => (r.Region, Versions: Ready(r, look)))
            .Where(r => r.Versions.Count > 0)
            .ToList();
        if (regions.Count == 0) return new SignalReading.NoData("no version has a ready instance");

        var failures = await Places.FailuresAsync(
            regions,
            (r, token) => FailureAsync(
                (SignalRule.Data)signal.Rule,
                _written.GetOrAdd((target.Environment.Environment, signal.Name, r.Region, target.Candidate), Keys),
                r.Versions,
                token),
            cancellationToken);
        return regions.Zip(failures).FirstOrDefault(r => r.Second is not null) is { Second: { } failure } failed
            ? new SignalReading.Failed($"{failed.First.Region}: {failure}")
            : new SignalReading.Passed();
    }

    /// <summary>Of one candidate alone: what was written for another one may have been removed with its
    /// environment.</summary>
    private WrittenKeys Keys((string Environment, string Signal, string Region, ArtifactDigest Candidate) of) =>
        new(
            Kept,
            folder is null ? null : Path.Combine(folder, $"{of.Environment}_{of.Signal}_{of.Region}.json"),
            of.Candidate);

    private static async Task<string?> FailureAsync(
        SignalRule.Data rule, WrittenKeys written, IReadOnlyList<(ArtifactDigest Digest, ReadyInstance Instance)> versions, CancellationToken cancellationToken)
    {
        // What was written before this look is read first, by whoever runs now.
        foreach (var (writer, key) in written.All)
        {
            if (await UnreadableAsync(rule, writer, key, versions, cancellationToken) is { } failure) return failure;
        }

        foreach (var (writer, instance) in versions)
        {
            var run = await JourneyStepRun.SendAsync(instance.Address, rule.Write, rule.Write.Path, cancellationToken);
            if (run.Wrong is { } wrong) return $"{writer.Brief} cannot write: {wrong}";
            if (Key(run.Body, rule.Key) is not { } key) return $"{writer.Brief} wrote, but its answer{JourneyStepRun.Quoted(run.Body)} has no '{ForeignText.Line(rule.Key)}'";

            written.Add(writer, key);
            if (await UnreadableAsync(rule, writer, key, versions, cancellationToken) is { } failure) return failure;
        }

        return null;
    }

    private static async Task<string?> UnreadableAsync(
        SignalRule.Data rule, ArtifactDigest writer, string key, IReadOnlyList<(ArtifactDigest Digest, ReadyInstance Instance)> readers, CancellationToken cancellationToken)
    {
        var path = rule.Read.Path.Replace("{0}", Uri.EscapeDataString(key), StringComparison.Ordinal);
        foreach (var (reader, instance) in readers)
        {
            var run = await JourneyStepRun.SendAsync(instance.Address, rule.Read, path, cancellationToken);
            if (run.Wrong is { } wrong) return $"data written by {writer.Brief} cannot be read by {reader.Brief}: {wrong}";
        }

        return null;
    }

    private static List<(ArtifactDigest, ReadyInstance)> Ready(RegionObservation region, int look) =>
        [.. region.Versions.Select(v => (v.Digest, Instance: ReadyInstance.Of(v, look))).Where(v => v.Instance is not null).Select(v => (v.Digest, v.Instance!))];

    /// <summary>The value of one member of a JSON object: a text or a number, as it is written.</summary>
    private static string? Key(string body, string member)
    {
        try
        {
            using var document = JsonDocument.Parse(body, StrictJson.Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(member, out var value)) return null;

            var key = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Number => value.GetRawText(),
                _ => "",
            };
            return key.Length is > 0 and <= LongestKey ? key : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

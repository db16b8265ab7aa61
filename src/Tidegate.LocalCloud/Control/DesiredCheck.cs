using Tidegate.Edge.Counting;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.LocalCloud.Control;

/// <summary>Everything that is wrong with a desired state, before anything is done with it.</summary>
internal static class DesiredCheck
{
    private const int MostInstances = 100;
    private const int MostEndpoints = 200;
    private const int MostRequests = 100;
    private const double MostPerSecond = 2_000;
    private const int WholeWeight = 10_000;
    private const int LongestDeadline = 600;
    private const double ShortestUnwatched = 0.1;
    private const int LongestUnwatched = 30 * 24 * 60 * 60;
    private const int LongestText = 200;
    private const int LongestPath = 2_000;

    /// <param name="bytes">What is wrong with what a version is to be started from; null when nothing is.</param>
    public static IEnumerable<string> Problems(RegionDesired desired, Func<VersionDesired, string?> bytes)
    {
        if (desired.Generation < 1) yield return $"generation {desired.Generation} is less than 1.";
        if (desired.Operation.Length is 0 or > LongestText || desired.Operation.Any(char.IsControl)) yield return $"operation must have 1 to {LongestText} printable characters.";
        if (desired.StartDeadlineSeconds is < 1 or > LongestDeadline) yield return $"startDeadlineSeconds must be from 1 to {LongestDeadline}.";
        if (desired.DrainDeadlineSeconds is < 1 or > LongestDeadline) yield return $"drainDeadlineSeconds must be from 1 to {LongestDeadline}.";
        if (desired.Endpoints.Count > MostEndpoints) yield return $"more than {MostEndpoints} endpoints.";
        if (desired.Versions.Select(v => v.Digest).Distinct().Count() != desired.Versions.Count) yield return "a digest is there twice.";
        if (desired.Versions.Sum(v => (long)v.Weight) > WholeWeight) yield return $"the weights are more than {WholeWeight} together.";

        var versions = desired.Versions.Select(v => Problem(v) ?? bytes(v));
        var endpoints = desired.Endpoints.Take(MostEndpoints).Select(EndpointProblem);
        foreach (var problem in versions.Concat(endpoints).OfType<string>()) yield return problem;

        var unwatched = desired.Unwatched is null ? [] : Problems(desired.Unwatched, desired.Versions);
        foreach (var problem in unwatched) yield return problem;
        foreach (var problem in desired.Traffic is null ? [] : Problems(desired.Traffic)) yield return problem;
    }

    private static string? Problem(VersionDesired version)
    {
        if (!CloudNames.IsDigest(version.Digest)) return $"digest '{version.Digest}' is not sha256: and 64 hex digits.";
        if (version.Instances is < 1 or > MostInstances) return $"{version.Digest}: instances must be from 1 to {MostInstances}.";
        if (version.Weight is < 0 or > WholeWeight) return $"{version.Digest}: weight must be from 0 to {WholeWeight}.";
        return Path.IsPathFullyQualified(version.ArtifactPath)
            ? null
            : $"{version.Digest}: artifactPath must be absolute.";
    }

    private static IEnumerable<string> Problems(UnwatchedDesired unwatched, IReadOnlyList<VersionDesired> versions)
    {
        if (unwatched.AfterSeconds is not (>= ShortestUnwatched and <= LongestUnwatched))
            yield return $"unwatched: afterSeconds must be from {ShortestUnwatched:0.0} to {LongestUnwatched}.";
        if (unwatched.Weights.Values.Any(w => w < 0) || unwatched.Weights.Values.Sum(w => (long)w) != WholeWeight)
            yield return $"unwatched: the weights must be {WholeWeight} together, and none below 0.";
        foreach (var unknown in unwatched.Weights.Keys.Except(versions.Select(v => v.Digest)))
            yield return $"unwatched: {unknown} is none of the versions.";
    }

    private static string? EndpointProblem(string endpoint)
    {
        try
        {
            _ = new EndpointTemplates([endpoint]);
            return null;
        }
        catch (ArgumentException problem)
        {
            return problem.Message;
        }
    }

    private static IEnumerable<string> Problems(TrafficProfile traffic)
    {
        if (traffic.RequestsPerSecond is not (> 0 and <= MostPerSecond)) yield return $"requestsPerSecond must be above 0 and at most {MostPerSecond}.";
        if (traffic.Requests.Count is 0 or > MostRequests) yield return $"traffic must have 1 to {MostRequests} requests.";
        foreach (var request in traffic.Requests)
        {
            if (request.Method.Length is 0 or > 20 || !request.Method.All(char.IsAsciiLetterUpper)) yield return $"method '{request.Method}' is not a method.";
            if (!request.Path.StartsWith('/') || request.Path.StartsWith("//", StringComparison.Ordinal) || request.Path.Length > LongestPath || request.Path.Any(char.IsControl))
                yield return $"path '{request.Path}' must begin with one slash.";
            if (request.Weight is < 1 or > WholeWeight) yield return $"the weight of {request.Method} {request.Path} must be from 1 to {WholeWeight}.";
        }
    }
}

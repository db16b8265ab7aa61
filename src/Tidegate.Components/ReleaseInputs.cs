using System.Runtime.InteropServices;
using Nuke.Components;
using Tidegate.Pipeline;

namespace Tidegate.Components;

/// <summary>What goes into an artifact: the sources by their commit, the SDK, and these settings.</summary>
internal sealed record ReleaseInputs(InputsKey Key, IReadOnlyDictionary<string, string> Release, IReadOnlyDictionary<string, string> All)
{
    public static async Task<ReleaseInputs> OfAsync(IHazDelivery build, CancellationToken cancellationToken)
    {
        var (release, problems) = ReleaseSettings.Parse(build.Setting);
        if (problems.Count > 0)
        {
            build.ExitCode = (int)Outcome.InputInvalid;
            throw new DeliveryException(new(Outcome.InputInvalid, string.Join(Environment.NewLine, problems)));
        }

        var all = new SortedDictionary<string, string>(release.ToDictionary(s => "setting " + s.Key, s => s.Value), StringComparer.Ordinal)
        {
            ["solution"] = build is IHazSolution { Solution: { } solution } ? Path.GetRelativePath(build.RootDirectory, solution.Path) : "",
            ["configuration"] = (build as IHazConfiguration)?.Configuration?.ToString() ?? "",
            ["platform"] = RuntimeInformation.RuntimeIdentifier,
        };
        return new(await InputsKey.OfAsync(build.RootDirectory, all, cancellationToken), release, all);
    }
}

using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>A canary is a small part of the smallest region, and its share rises.</summary>
internal static class CanaryValidator
{
    public static void Check(DeclaredProfile profile)
    {
        if (profile.Stage(Stage.Canary) is not { } canary) return;

        foreach (var (before, share) in canary.Shares.Zip(canary.Shares.Skip(1)))
        {
            if (share.Value <= before.Value)
            {
                share.At.Refuse(Code.SharesNotAscending, $"{share.Value} % comes after {before.Value} %.", "Write the shares in ascending order, each once.");
            }
        }

        if (profile.Environment(canary).Regions() is not { } regions) return;
        var smallest = regions.MinBy(r => r.Instances)!;
        if (canary.Instances > smallest.Instances)
        {
            canary.At.Member("instances").Refuse(
                Code.CanaryTooLarge,
                $"{canary.Instances} canary instances are more than all of {smallest.Name} ({smallest.Instances}).",
                $"Write at most {smallest.Instances}: a canary is a small part of a region.");
        }
    }
}

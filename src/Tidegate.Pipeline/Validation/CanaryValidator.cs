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

        if (profile.Comparison is not null && canary.Compared && canary.Shares.Count > 1)
        {
            canary.Shares[0].At.Refuse(
                Code.SettingUnread,
                "where versions are compared no plan reads this share: the evidence leads up to the last one.",
                $"Write one share, the most that the canary may take: [{canary.Shares[^1].Value}]. Its bake counts for a first release only, and where \"until\" is \"time\".");
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

namespace Tidegate.BuildHost.Tests.Support;

/// <summary>Whole texts as files of this project: a change shows in review what a user will see.</summary>
internal static class Approved
{
    /// <summary>What a run gave beside what is recorded, in a folder that is not kept.</summary>
    private static string ReceivedFolder => Path.Combine(AppContext.BaseDirectory, "Received");

    public static void ShouldBeAsApproved(this string text, string name)
    {
        var normal = text.ReplaceLineEndings("\n");
        var approved = Path.Combine(AppContext.BaseDirectory, "Approved", name);
        var recorded = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : string.Empty;
        if (recorded == normal)
            return;
        var received = Path.Combine(ReceivedFolder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, normal);
        normal.ShouldBe(recorded, $"Approved/{name} is recorded otherwise. If the new text is right, copy {received} over it.");
    }
}

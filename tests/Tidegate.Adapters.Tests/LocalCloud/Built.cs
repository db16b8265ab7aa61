namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>Programs that were built beside these tests.</summary>
internal static class Built
{
    // artifacts/bin/<this project>/<configuration>/
    private static readonly DirectoryInfo Here = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string Cloud => Path.Combine(FolderOf("Tidegate.LocalCloud"), "Tidegate.LocalCloud.dll");

    public static string FolderOf(string project) => Path.Combine(Here.Parent!.Parent!.FullName, project, Here.Name);
}

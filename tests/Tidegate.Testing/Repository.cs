namespace Tidegate.Testing;

/// <summary>The clone that the tests were built in.</summary>
public static class Repository
{
    /// <summary>The folder that holds Solution.sln, found from the test program upwards.</summary>
    public static string Root { get; } = Find();

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "Solution.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd('/', '\\')) ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Solution.sln.");
        }

        return folder;
    }
}

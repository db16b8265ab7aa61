namespace Tidegate.Adapters.Tests;

/// <summary>A private folder with a short path, since a socket's path has at most 107 bytes. Gone when disposed.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tg-");

    public string Path => _folder.FullName;

    public string At(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}

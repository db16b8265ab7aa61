namespace Tidegate.Delivery.Tests.Configuration;

/// <summary>A folder of a test's own.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tidegate-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

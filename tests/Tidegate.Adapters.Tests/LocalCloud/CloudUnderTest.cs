using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

/// <summary>A real cloud of a clone of its own, with a client. When disposed, nothing of it is left.</summary>
internal sealed class CloudUnderTest : IAsyncDisposable
{
    public const string Environment = "production";
    public const string Region = "eu-west";

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);
    private int _generation;

    private CloudUnderTest()
    {
        Places = CloudPlaces.Of(_folder.Path, _folder.Path);
        Client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, PooledConnectionLifetime = TimeSpan.Zero })
        {
            BaseAddress = new Uri("http://cloud/v1/"),
        };
    }

    /// <summary>Of the clone.</summary>
    public string Root => _folder.Path;

    public CloudPlaces Places { get; set; }

    public HttpClient Client { get; }

    public int Pid { get; private set; }

    public static CloudUnderTest NotStarted() => new();

    public static async Task<CloudUnderTest> StartAsync()
    {
        var cloud = new CloudUnderTest();
        await cloud.LaunchAsync();
        return cloud;
    }

    /// <summary>Starts it as a build does, and reads the starter's output to the end: it must end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> LaunchAsync()
    {
        using var starter = Process.Start(new ProcessStartInfo("dotnet", ["exec", Built.Cloud, "--state", Places.State, "--run", Places.Run, "--build", "test"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = starter.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = starter.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(output, error);
        await starter.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (starter.ExitCode == 0) Pid = (await InfoAsync()).Pid;
        return (starter.ExitCode, await output, await error);
    }

    public async Task<CloudInfo> InfoAsync() => (await Client.GetFromJsonAsync("cloud", CloudJson.Default.CloudInfo, TestContext.Current.CancellationToken))!;

    /// <summary>An artifact whose content is the test service with this behaviour.</summary>
    public VersionDesired Artifact(string letter, int instances, int weight, object? behaviour = null, params DependencyManifest[] dependencies)
    {
        var path = _folder.At("artifact-" + letter);
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            foreach (var file in Directory.EnumerateFiles(Built.FolderOf("TestService"))) File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
            var manifest = new ServiceManifest("orders", "1.0." + letter, ["dotnet", "TestService.dll"], new HealthPaths("/health/ready", "/health/live"), dependencies);
            File.WriteAllText(Path.Combine(path, ServiceManifest.FileName), JsonSerializer.Serialize(manifest, CloudJson.Default.ServiceManifest));
            if (behaviour is not null) File.WriteAllText(Path.Combine(path, "behaviour.json"), JsonSerializer.Serialize(behaviour));
        }

        if (!_digests.ContainsKey(letter)) _digests[letter] = Named(path, letter);
        return new VersionDesired(_digests[letter], path, instances, weight);
    }

    /// <summary>Puts one more file into the artifact of this letter.</summary>
    public void Add(string letter, string file, string text)
    {
        var made = Artifact(letter, 1, 0);
        File.Delete(Path.Combine(made.ArtifactPath, "salt"));
        File.WriteAllText(Path.Combine(made.ArtifactPath, file), text);
        _digests[letter] = Named(made.ArtifactPath, letter);
    }

    /// <summary>Of the artifact of this letter, with which it begins.</summary>
    public string Digest(string letter) => _digests.GetValueOrDefault(letter) ?? NoContent(letter);

    /// <summary>A digest that no content has.</summary>
    public static string NoContent(string letter) => "sha256:" + string.Concat(Enumerable.Repeat(letter, 64));

    /// <summary>The digest of an artifact of this letter that behaves well and has no dependencies: it is the same in
    /// each test.</summary>
    public static string Plain(string letter)
    {
        var cloud = NotStarted();
        using (cloud._folder) return cloud.Artifact(letter, 1, 0).Digest;
    }

    /// <summary>Adds a file that makes the digest begin with the letter, so that versions are in the order of their
    /// letters everywhere.</summary>
    private static string Named(string path, string letter)
    {
        var others = ContentList.Of(path).Entries;
        for (var i = 0; ; i++)
        {
            var salt = new ContentEntry("file", "salt", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{i}"))));
            var digest = new ContentList([.. others.Append(salt).OrderBy(e => e.Path, StringComparer.Ordinal)]).Digest;
            if (!digest.StartsWith("sha256:" + letter, StringComparison.Ordinal)) continue;

            File.WriteAllText(Path.Combine(path, salt.Path), $"{i}");
            return digest;
        }
    }

    public RegionDesired Desired(params VersionDesired[] versions) =>
        new(++_generation, "test", versions, ["GET /orders/{id}", "POST /orders"]) { StartDeadlineSeconds = 60 };

    public async Task<HttpResponseMessage> PutAsync(RegionDesired desired, string region = Region, string environment = Environment) =>
        await Client.PutAsJsonAsync($"environments/{environment}/regions/{region}", desired, CloudJson.Default.RegionDesired, TestContext.Current.CancellationToken);

    /// <summary>Desires, and waits until it is so or has failed, and nothing drains any more.</summary>
    public async Task<RegionObserved> BringAboutAsync(RegionDesired desired, string region = Region, string environment = Environment)
    {
        using var response = await PutAsync(desired, region, environment);
        if (response.StatusCode != HttpStatusCode.Accepted) throw new InvalidOperationException(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await SeesAsync(r => (r.Phase is RegionPhase.Converged or RegionPhase.Failed) && !Drains(r), region, environment);
    }

    private static bool Drains(RegionObserved region) =>
        region.Versions.SelectMany(v => v.Instances).Concat(region.Dependencies.Select(d => d.Instance).OfType<InstanceObserved>()).Any(i => i.State == InstancePhase.Draining);

    public Task<RegionObserved> SeesAsync(Func<RegionObserved, bool> isSo, string region = Region, string environment = Environment) =>
        Eventually.SeesAsync(() => ObserveAsync(region, environment), isSo);

    public async Task<RegionObserved> ObserveAsync(string region = Region, string environment = Environment) =>
        (await ObserveEnvironmentAsync(environment)).Regions.Single(r => r.Name == region);

    public async Task<EnvironmentObserved> ObserveEnvironmentAsync(string environment = Environment) =>
        (await Client.GetFromJsonAsync($"environments/{environment}", CloudJson.Default.EnvironmentObserved, TestContext.Current.CancellationToken))!;

    /// <summary>Ends the cloud's own process as a power cut would.</summary>
    public async Task KillAsync()
    {
        using var process = Process.GetProcessById(Pid);
        process.Kill();
        await Eventually.IsSoAsync(() => !IsAlive(Pid));
    }

    public async Task ShutDownAsync(bool forget = false)
    {
        using var response = await Client.PostAsJsonAsync("shutdown", new ShutdownRequest(forget), CloudJson.Default.ShutdownRequest, CancellationToken.None);
        await Eventually.IsSoAsync(() => !IsAlive(Pid));
    }

    public static bool IsAlive(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Every process that was started for this clone, by the mark in its environment or by its arguments.</summary>
    public IReadOnlyList<int> Processes() =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => n!.All(char.IsAsciiDigit))
            .Select(n => int.Parse(n!, CultureInfo.InvariantCulture))
            .Where(pid => IsAlive(pid) && (Read(pid, "environ").Contains(Places.State, StringComparison.Ordinal) || Read(pid, "cmdline").Contains(Places.State, StringComparison.Ordinal))),
    ];

    public async ValueTask DisposeAsync()
    {
        if (Pid != 0 && IsAlive(Pid)) await ShutDownAsync(forget: true);
        foreach (var left in Processes())
        {
            using var process = Process.GetProcessById(left);
            process.Kill();
        }

        Client.Dispose();
        _folder.Dispose();
    }

    private static string Read(int pid, string what)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{what}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Places.ControlSocket), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

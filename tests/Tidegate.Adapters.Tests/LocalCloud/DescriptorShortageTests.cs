using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Tidegate.LocalCloud.Contract;

namespace Tidegate.Adapters.Tests.LocalCloud;

[SupportedOSPlatform("linux")]
public sealed class DescriptorShortageTests
{
    [Fact]
    public async Task A_cloud_without_a_descriptor_left_takes_no_instance_for_dead()
    {
        await using var cloud = await CloudUnderTest.StartAsync();
        var before = await cloud.BringAboutAsync(cloud.Desired(cloud.Artifact("a", 1, 10_000)));
        using var control = Kept(cloud.Places.ControlSocket); // new connections are what there will be no descriptors for
        using var user = new HttpClient { BaseAddress = new Uri(before.EdgeAddress) };
        await BecomesAsync(user, control, ready: false, InstancePhase.Unready);
        await BecomesAsync(user, control, ready: true, InstancePhase.Ready);

        await LimitAsync(cloud.Pid, "16"); // all of which are in use
        var seen = await BecomesAsync(user, control, ready: false, InstancePhase.Unready); // so it was looked at, in the shortage
        await LimitAsync(cloud.Pid, "1024");

        seen.ResidentBytes.ShouldBeNull("nothing of it could be read");
        var after = await cloud.ObserveAsync();
        var instance = after.Versions[0].Instances.ShouldHaveSingleItem();
        (instance.Pid, instance.Restarts).ShouldBe((before.Versions[0].Instances[0].Pid, 0));
        CloudUnderTest.IsAlive(instance.Pid!.Value).ShouldBeTrue();
    }

    private static async Task<InstanceObserved> BecomesAsync(HttpClient user, HttpClient control, bool ready, InstancePhase state)
    {
        using (await user.PostAsync(new Uri($"ready/{ready}", UriKind.Relative), null, TestContext.Current.CancellationToken))
        {
            var seen = await Eventually.SeesAsync(
                async () => (await control.GetFromJsonAsync($"environments/{CloudUnderTest.Environment}", CloudJson.Default.EnvironmentObserved, TestContext.Current.CancellationToken))!,
                e => e.Regions[0].Versions[0].Instances[0].State == state);
            return seen.Regions[0].Versions[0].Instances[0];
        }
    }

    /// <summary>Of the soft limit only, so that it can be taken back.</summary>
    private static async Task LimitAsync(int pid, string descriptors)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", pid.ToString(CultureInfo.InvariantCulture), $"--nofile={descriptors}:"]);
        await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
        prlimit.ExitCode.ShouldBe(0);
    }

    private static HttpClient Kept(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://cloud/v1/"),
    };
}

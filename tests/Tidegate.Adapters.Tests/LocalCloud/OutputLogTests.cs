using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Hosting;
using Tidegate.LocalCloud.Processes;

namespace Tidegate.Adapters.Tests.LocalCloud;

public sealed class OutputLogTests
{
    [Fact]
    public void Only_the_last_lines_are_read_without_control_characters()
    {
        using var folder = new TestFolder();
        File.WriteAllLines(folder.At("log"), Enumerable.Range(1, 5_000).Select(n => $"line {n}\e[31m\a"));

        var lines = OutputLog.Tail(folder.At("log"), 3);

        lines.ShouldBe(["line 4998[31m", "line 4999[31m", "line 5000[31m"]);
        OutputLog.Tail(folder.At("log"), 1_000).Count.ShouldBe(OutputLog.MostLines);
        OutputLog.Tail(folder.At("absent"), 3).ShouldBeEmpty();
    }

    [Fact]
    public void A_log_above_the_cap_is_put_aside_while_its_writer_goes_on()
    {
        using var folder = new TestFolder();
        using var writer = new FileStream(folder.At("log"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        writer.Write(new byte[3 * OutputLog.Cap]);
        writer.Write("the end"u8);
        writer.Flush();

        OutputLog.Trim(folder.At("log"));

        new FileInfo(folder.At("log")).Length.ShouldBe(0);
        new FileInfo(folder.At("log.1")).Length.ShouldBe(OutputLog.Cap, "of a runaway log only the end is worth its place");
        File.ReadAllText(folder.At("log.1")).ShouldEndWith("the end");
    }

    [Fact]
    public void Logs_of_instances_that_are_no_more_are_kept_to_the_newest_and_those_of_present_ones_always()
    {
        using var folder = new TestFolder();
        var places = new CloudPlaces(folder.Path, folder.Path);
        var region = Directory.CreateDirectory(Path.Combine(places.State, "logs", "production", "eu-west")).FullName;
        foreach (var n in Enumerable.Range(0, 100))
        {
            var log = Path.Combine(region, $"a-{n}.log");
            File.WriteAllText(log, "x");
            File.SetLastWriteTimeUtc(log, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(n));
        }

        LogKeeper.Keep(places, new HashSet<string> { "a-0", "a-7" });

        Directory.EnumerateFiles(region).Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(Enumerable.Range(60, 40).Concat([0, 7]).Select(n => $"a-{n}"), ignoreOrder: true);
    }
}

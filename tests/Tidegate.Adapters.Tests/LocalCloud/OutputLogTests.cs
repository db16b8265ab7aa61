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
        writer.Write(new byte[OutputLog.Cap + 1]);
        writer.Flush();

        OutputLog.Trim(folder.At("log"));

        new FileInfo(folder.At("log")).Length.ShouldBe(0);
        new FileInfo(folder.At("log.1")).Length.ShouldBe(OutputLog.Cap + 1);
    }
}

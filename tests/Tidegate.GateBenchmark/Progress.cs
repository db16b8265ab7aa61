using System.Diagnostics;

namespace Tidegate.GateBenchmark;

/// <summary>How far it is: one line that moves on a terminal, a line every twentieth in a log.</summary>
/// <param name="log">Where to when it is no terminal.</param>
internal sealed class Progress(Stopwatch watch, TextWriter log)
{
    private readonly Lock _one = new();
    private int _shown = -1;

    public void Show(int done, int of)
    {
        var percent = 100 * done / of;
        if (Console.IsErrorRedirected) percent -= percent % 5;
        lock (_one)
        {
            if (percent <= _shown) return;

            _shown = percent;
            var line = $"{percent,3} %  {watch.Elapsed.TotalSeconds,5:0} s";
            if (Console.IsErrorRedirected) log.WriteLine(line);
            else Console.Error.Write($"\r{line}");
        }
    }

    public void End()
    {
        if (!Console.IsErrorRedirected) Console.Error.WriteLine();
    }
}

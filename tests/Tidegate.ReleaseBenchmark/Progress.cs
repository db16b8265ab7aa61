using System.Diagnostics;

namespace Tidegate.ReleaseBenchmark;

/// <summary>How far it is, on standard error: a line that moves on a terminal, or one for each twentieth.</summary>
internal sealed class Progress(Stopwatch watch, int all)
{
    private readonly Lock _one = new();
    private int _done;
    private int _shown = -1;

    /// <param name="where">What has just been played.</param>
    public void One(string where)
    {
        lock (_one)
        {
            var percent = (int)(100L * ++_done / all);
            if (Console.IsErrorRedirected) percent -= percent % 5;
            if (percent <= _shown) return;

            _shown = percent;
            var minutes = Math.Max(watch.Elapsed.TotalMinutes, 1e-3);
            var line = FormattableString.Invariant(
                $"{percent,3} %  {60 * minutes,5:0} s  {_done / minutes,5:0} releases a minute  {where,-28}");
            if (Console.IsErrorRedirected) Console.Error.WriteLine(line.TrimEnd());
            else Console.Error.Write($"\r{line}");
        }
    }

    public static void End()
    {
        if (!Console.IsErrorRedirected) Console.Error.WriteLine();
    }
}

using System.Runtime.CompilerServices;

namespace Tidegate.Engine.Simulation;

/// <summary>Draws the cell of a histogram in constant time: cell c lies beyond the first c edges.</summary>
/// <remarks>Walker's alias method (Vose 1991).</remarks>
internal sealed class LatencyTable
{
    private readonly uint[] _threshold;
    private readonly byte[] _alias;

    /// <param name="cells">Probabilities; need not add up to 1.</param>
    public LatencyTable(double[] cells)
    {
        var sum = cells.Sum();
        double[] scaled = [.. cells.Select(c => c / sum * cells.Length)];
        (_threshold, _alias) = (new uint[cells.Length], new byte[cells.Length]);
        Array.Fill(_threshold, uint.MaxValue);
        for (var i = 0; i < cells.Length; i++) _alias[i] = (byte)i;

        var small = new Stack<int>(Enumerable.Range(0, cells.Length).Where(i => scaled[i] < 1));
        var large = new Stack<int>(Enumerable.Range(0, cells.Length).Where(i => scaled[i] >= 1));
        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Peek());
            _threshold[less] = (uint)(scaled[less] * uint.MaxValue);
            _alias[less] = (byte)more;
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1) small.Push(large.Pop());
        }
    }

    /// <param name="random">32 even bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Cell(uint random)
    {
        var place = (ulong)random * (uint)_threshold.Length;
        var cell = (int)(place >> 32);
        return (uint)place < _threshold[cell] ? cell : _alias[cell];
    }
}

using Tidegate.LocalCloud.Contract;
using Tidegate.LocalCloud.Hosting;
using Tidegate.LocalCloud.Workloads;

namespace Tidegate.LocalCloud.Regions;

internal sealed partial class Region
{
    /// <summary>Somebody watches: the time begins anew. What was withdrawn stays so until the next desired
    /// state.</summary>
    public void Confirm()
    {
        lock (_gate) _switch.Confirm();
    }

    /// <summary>Takes the share of what nobody watches back, whatever else is under way. Runs under the lock.</summary>
    private void WithdrawWhenUnwatched()
    {
        if (!_withdrawn && _switch.IsOver(_desired.Unwatched))
        {
            _withdrawn = true;
            _log.Unwatched(Environment, Name, _desired.Unwatched!.AfterSeconds, Shares(_desired.Unwatched.Weights));
        }

        // Before the desired weights have come into effect, those of before stay while what is gone back to could not
        // serve.
        if (_withdrawn && (_settled || CanServe(Wanted))) _weights = new(Wanted, StringComparer.Ordinal);
    }

    /// <summary>The weights that shall be in effect once all is ready.</summary>
    private Dictionary<string, int> Wanted => _withdrawn && _desired.Unwatched is { } rule
        ? new(rule.Weights, StringComparer.Ordinal)
        : _desired.Versions.ToDictionary(v => v.Digest, v => v.Weight, StringComparer.Ordinal);

    private bool CanServe(Dictionary<string, int> weights) =>
        weights.Where(w => w.Value > 0).All(w => _instances.Any(i => i.Record.Digest == w.Key && IsReady(i)));

    private static bool IsReady(Workload instance) => !instance.Draining && instance.State == InstancePhase.Ready;

    private static string Shares(IEnumerable<KeyValuePair<string, int>> weights) =>
        string.Join(", ", weights.Select(w => $"{Tidegate.Edge.EdgeHeaders.Brief(w.Key)} {w.Value / 100.0:0.##} %"));
}

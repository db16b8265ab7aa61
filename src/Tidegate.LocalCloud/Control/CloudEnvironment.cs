using Tidegate.LocalCloud.Regions;
using Tidegate.LocalCloud.State;

namespace Tidegate.LocalCloud.Control;

/// <summary>The regions of one environment and what is switched off in all of them.</summary>
internal sealed class CloudEnvironment(string name, StateFile<EnvironmentState> file)
{
    public string Name { get; } = name;

    public SortedDictionary<string, Region> Regions { get; } = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Off { get; private set; } = (file.Read() ?? EnvironmentState.New).Off.ToHashSet(StringComparer.Ordinal);

    /// <summary>Set while everything here is being removed. It ends with what was in the way, or with null when all is gone.</summary>
    public Task<string?>? Removal { get; set; }

    public void Switch(string dependency, bool on)
    {
        var off = Off.ToHashSet(StringComparer.Ordinal);
        if (on) off.Remove(dependency);
        else off.Add(dependency);

        file.Write(new EnvironmentState([.. off.Order(StringComparer.Ordinal)]));
        Off = off;
        foreach (var region in Regions.Values) region.SwitchOff(off);
    }
}

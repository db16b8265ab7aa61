using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Waves that are written out reach every region once.</summary>
internal static class WaveValidator
{
    public static void Check(DeclaredProfile profile)
    {
        if (profile.Stage(Stage.RegionWaves) is not { Waves.Count: > 0 } stage || profile.Environment(stage) is not { } environment) return;

        var regions = environment.Regions.Select(r => r.Value.Name).OfType<string>().ToList();
        var placed = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var region in stage.Waves.SelectMany(w => w.Value))
        {
            if (!regions.Contains(region.Value))
            {
                region.At.Refuse(Code.UnknownRegion, $"{Foreign.Quoted(environment.Name!)} has no region {Foreign.Quoted(region.Value)}.", NearestName.Advice(region.Value, regions));
            }
            else if (!placed.TryAdd(region.Value, region.At))
            {
                region.At.Refuse(Code.RegionInTwoWaves, $"{Foreign.Quoted(region.Value)} is released at {placed[region.Value].Path} already.", "Name each region once.");
            }
        }

        var missed = regions.Distinct().Where(r => !placed.ContainsKey(r)).ToList();
        if (missed.Count > 0)
        {
            stage.At.Member("waves").Refuse(Code.WaveMissesRegion, $"no wave releases to {string.Join(", ", missed)}.", "Name every region in one wave, or leave \"waves\" out to have them planned by traffic.");
        }
    }
}

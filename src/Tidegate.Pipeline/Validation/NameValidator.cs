using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>Each name stands for one thing.</summary>
internal static class NameValidator
{
    public static void Check(DeclaredPipeline pipeline)
    {
        Unique(pipeline.Signals.Select(s => new Item<string?>(s.At.Member("name"), s.Value.Name)), "signal", "Signals are told apart by name: give this one another.");

        Unique(pipeline.Callers.Select(c => new Item<string?>(c.At, c.Value)), "caller", "Name each caller once.");
        Unique(pipeline.Callees.Select(c => new Item<string?>(c.At, c.Value)), "callee", "Name each callee once.");

        // What varies has no name for the edges, so GET /orders/{id} and GET /orders/{key} are one endpoint.
        Unique(pipeline.Endpoints.Select(e => new Item<string?>(e.At, Endpoints.Shape(e.Value))), "endpoint", "Leave one of them out.");
        foreach (var profile in pipeline.Profiles)
        {
            var environments = profile.Value.Environments;
            Unique(environments.Select(e => new Item<string?>(e.At.Member("name"), e.Value.Name)), "environment", "Environments are told apart by name: give this one another.");
            foreach (var environment in environments)
            {
                Unique(environment.Value.Regions.Select(r => new Item<string?>(r.At.Member("name"), r.Value.Name)), "region", "Regions of an environment are told apart by name: give this one another.");
            }

            foreach (var stage in profile.Value.Stages)
            {
                Unique(stage.Signals.Select(s => new Item<string?>(s.At, s.Value)), "signal", "A stage watches a signal once: leave one of them out.");
            }
        }
    }

    private static void Unique(IEnumerable<Item<string?>> names, string kind, string nextStep)
    {
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var (at, name) in names)
        {
            if (name is null || seen.TryAdd(name, at)) continue;
            at.Refuse(Code.NameTaken, $"there is {Article(kind)} {kind} {Foreign.Quoted(name)} already, at {seen[name].Path}.", nextStep);
        }
    }

    private static string Article(string kind) => kind[0] is 'e' ? "an" : "a";
}

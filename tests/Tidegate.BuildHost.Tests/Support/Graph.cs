using Nuke.Common;
using Nuke.Common.Execution;

namespace Tidegate.BuildHost.Tests.Support;

/// <summary>Targets without a build: <c>Graph.Of("A", "B")</c>, then relations by name.</summary>
internal sealed class Graph
{
    private readonly Dictionary<string, ExecutableTarget> _targets;

    private Graph(IEnumerable<string> names) =>
        _targets = names.ToDictionary(name => name, name => new ExecutableTarget { Name = name, Factory = (Target)(definition => definition) });

    public IReadOnlyList<ExecutableTarget> Targets => [.. _targets.Values];

    public ExecutableTarget this[string name] => _targets[name];

    public static Graph Of(params string[] names) => new(names);

    public Graph DependsOn(string target, params string[] others) => Relate(target, others, (self, other) => self.ExecutionDependencies.Add(other));

    public Graph After(string target, params string[] others) => Relate(target, others, (self, other) => self.OrderDependencies.Add(other));

    public Graph Triggers(string target, params string[] others) => Relate(target, others, (self, other) =>
    {
        self.Triggers.Add(other);
        other.TriggerDependencies.Add(self);
    });

    public string Plan(params string[] chosen) =>
        string.Join(' ', BuildHost.Execution.Planner.Plan(Targets, chosen.Select(name => _targets[name])).Select(target => target.Name));

    private Graph Relate(string target, string[] others, Action<ExecutableTarget, ExecutableTarget> relate)
    {
        foreach (var other in others)
            relate(_targets[target], _targets[other]);
        return this;
    }
}

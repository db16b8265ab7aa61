using System.ComponentModel;
using System.Reflection;
using Nuke.Common;

namespace Tidegate.Components;

/// <summary>Our own reading of the raw command line, before the first effect and whatever host runs the build.</summary>
/// <remarks>NUKE ignores what it does not know, keeps the default for what does not convert, and lets a switch swallow the target
/// behind it (<c>--dry-run RegionWaves</c> would run the default target, for real). Here each of these is an error, and all are told at once.</remarks>
internal static class CommandLineGuard
{
    private static readonly string[] HostSwitches = ["Help", "Plan", "NoLogo", "Continue", "Strict", "Json"];
    private static readonly string[] HostValues = ["Target", "Skip", "Root", "Host", "Verbosity", "Profile", "Partition", "Parallel"];

    /// <param name="invoked">Names of the targets that were asked for.</param>
    /// <param name="planned">Names of these and of what they need.</param>
    /// <param name="takesInline">The host reads <c>--name=value</c>. NUKE drops such a value, and goes on with another one.</param>
    public static IReadOnlyList<Problem> Check(
        Type build,
        IReadOnlyList<string> arguments,
        IReadOnlyCollection<string> invoked,
        IReadOnlyCollection<string> planned,
        bool takesInline = true)
    {
        var (targets, parameters) = (Targets(build), Parameters(build));
        var onlyOurs = invoked.All(Targets(typeof(IContinuousDelivery)).Contains);
        var gateIsIdle = onlyOurs && !planned.Contains(nameof(IHazHealthGate.HealthGate));
        var nothingIsCompared = onlyOurs
            && !planned.Contains(nameof(ICanary.Canary)) && !planned.Contains(nameof(IRegionWaves.RegionWaves));
        var problems = new List<Problem>();
        var lists = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var i = 0;
        for (; i < arguments.Count && !arguments[i].StartsWith('-'); i++) problems.AddRange(arguments[i].Split('+').Where(t => !Knows(targets, t)).Select(t => UnknownTarget(t, targets)));

        while (i < arguments.Count)
        {
            var (name, inline) = Split(arguments[i++]);
            var values = inline is null ? new List<string>() : [inline];
            for (; inline is null && i < arguments.Count && !IsName(arguments[i]); i++) values.Add(arguments[i]);

            if (inline is not null && !takesInline)
            {
                problems.Add(Inline(name, inline));
                continue;
            }

            if (Knows(["Target", "Skip"], name)) problems.AddRange(values.SelectMany(v => v.Split('+')).Where(v => !Knows(targets, v)).Select(v => UnknownTarget(v, targets)));
            if (Knows(HostValues, name)) continue;

            if (gateIsIdle && parameters.FirstOrDefault(p => Same(p.Name, name)).Owner == typeof(IHazHealthGate)) problems.Add(OfTheGate(name));
            else if (nothingIsCompared && Same(nameof(IHazDelivery.Expect), name)) problems.Add(OfARollout(name));
            else if (Knows(HostSwitches, name)) problems.AddRange(NoValue(name, values, targets));
            else if (parameters.FirstOrDefault(p => Same(p.Name, name)) is { Name: not null } parameter)
            {
                if (parameter.Type.IsArray && !lists.Add(Plain(name))) problems.Add(Twice(name));
                problems.AddRange(Values(parameter, name, values, targets));
            }
            else problems.Add(Unknown(name, [.. parameters.Select(p => p.Name), .. HostSwitches, .. HostValues]));
        }

        return problems;
    }

    private static IEnumerable<Problem> Values((string Name, Type Type, Type Owner) parameter, string name, List<string> values, IReadOnlyList<string> targets)
    {
        var type = Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type;
        if (type == typeof(bool) && values is not [] and not [("true" or "false" or "True" or "False")]) return NoValue(name, values, targets);
        if (type.IsArray) return values.Where(v => !Converts(type.GetElementType()!, v)).Select(v => Unconverted(name, v, type.GetElementType()!));
        if (type == typeof(bool)) return [];

        return values switch
        {
            [] => [new("TG3014", $"--{name}", "its value is missing.", $"Write --{name} VALUE.")],
            [var value] when string.IsNullOrWhiteSpace(value) =>
                [new("TG3014", $"--{name}", "its value is empty.",
                    $"Write --{name} VALUE; a variable of your CI may be empty.")],
            [var value] => Converts(type, value) ? [] : [Unconverted(name, value, type)],
            [var first, .. var rest] => [new("TG3013", $"--{name}", $"it takes one value, '{first}', and '{string.Join(' ', rest)}' is left over.", "Targets come first: ./build.sh TARGET --parameter value. Quote a value with spaces.")],
        };
    }

    private static IEnumerable<Problem> NoValue(string name, List<string> values, IReadOnlyList<string> targets) => values.Count == 0 ? [] :
    [
        new("TG3013", $"--{name}", $"it takes no value, and would swallow '{string.Join(' ', values)}'.", values.Any(v => Knows(targets, v))
            ? $"Targets come first: ./build.sh {values.First(v => Knows(targets, v))} --{name}"
            : $"Write --{name} alone, or --{name} true or false."),
    ];

    private static Problem Unconverted(string name, string value, Type type) =>
        new("TG3012", $"--{name} {value}", $"'{value}' is no {type.Name}.", $"Write a value of type {type.Name}.");

    private static Problem UnknownTarget(string name, IReadOnlyList<string> targets) =>
        new("TG3010", name, "there is no such target.", $"Did you mean {Nearest(name, targets)}? The targets are: {string.Join(", ", targets.Order(StringComparer.Ordinal))}.");

    private static Problem Unknown(string name, IReadOnlyList<string> known) =>
        new("TG3011", $"--{name}", "there is no such parameter.", $"Did you mean --{Dashed(Nearest(name, known))}? --help lists them all.");

    /// <summary>A target of the build's own may read what belongs to the gate; none of ours does.</summary>
    private static Problem OfTheGate(string name) =>
        new("TG3017", $"--{name}", $"only {nameof(IHazHealthGate.HealthGate)} uses it, which is not among the targets.", "Leave it out. (A stage's environment is the one that config/delivery.json gives it.)");

    private static Problem OfARollout(string name) => new(
        "TG3018",
        $"--{name}",
        $"only {nameof(ICanary.Canary)} and {nameof(IRegionWaves.RegionWaves)} use it, and neither is among the targets.",
        "Leave it out.");

    private static Problem Inline(string name, string value) => new(
        "TG3020",
        $"--{name}={value}",
        "NUKE drops a value that is written with '=', and would go on without it.",
        value.Length == 0 ? $"Write --{name} VALUE." : $"Write --{name} {value}.");

    /// <summary>Of two lists the host would take the last one.</summary>
    private static Problem Twice(string name) => new(
        "TG3019", $"--{name}", "it is there twice, and only the last one would count.", $"Write all values behind one: --{name} ONE TWO.");

    private static bool Converts(Type type, string value)
    {
        if (type == typeof(string) || type.Assembly.GetName().Name is "Nuke.Build" or "Nuke.Utilities" or "Tidegate.BuildHost") return true; // paths and enumerations: the host's own words
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value) is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException)
        {
            return false;
        }
    }

    private static List<string> Targets(Type build) =>
        [.. Members(build).Where(p => p.PropertyType == typeof(Target)).Select(p => p.Name.Split('.')[^1]).Distinct()];

    private static List<(string Name, Type Type, Type Owner)> Parameters(Type build) =>
        [.. Members(build).Cast<MemberInfo>().Concat(Fields(build))
            .Select(m => (Member: m, Attribute: m.GetCustomAttribute<ParameterAttribute>()))
            .Where(m => m.Attribute is not null)
            .Select(m => (
                (m.Member.DeclaringType!.GetCustomAttribute<ParameterPrefixAttribute>()?.Prefix ?? "") + (m.Attribute!.Name ?? m.Member.Name.Split('.')[^1]),
                m.Member is PropertyInfo property ? property.PropertyType : ((FieldInfo)m.Member).FieldType,
                m.Member.DeclaringType!))];

    private static IEnumerable<PropertyInfo> Members(Type build) =>
        Bases(build).Concat(build.GetInterfaces()).SelectMany(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));

    private static IEnumerable<FieldInfo> Fields(Type build) =>
        Bases(build).SelectMany(t => t.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));

    private static IEnumerable<Type> Bases(Type build)
    {
        for (var type = build; type is not null && type != typeof(object); type = type.BaseType) yield return type;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var text = argument.TrimStart('-');
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static bool IsName(string argument) => argument.StartsWith('-') && !double.TryParse(argument, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static bool Knows(IEnumerable<string> names, string name) => names.Any(n => Same(n, name));

    private static bool Same(string one, string other) => Plain(one).Equals(Plain(other), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal);

    private static string Dashed(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(name[i - 1]) ? $"-{c}" : $"{c}")).ToLowerInvariant();

    private static string Nearest(string name, IEnumerable<string> known) => known.MinBy(k => Distance(Plain(name).ToLowerInvariant(), Plain(k).ToLowerInvariant())) ?? name;

    /// <summary>Levenshtein's distance: edits from one word to another.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                left = Math.Min(Math.Min(row[j] + 1, left + 1), diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}

using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Parameters;

/// <summary>Names on the command line that nobody asked for.</summary>
internal static class CommandLineCheck
{
    public static void Run(BuildSession session, List<Problem> problems)
    {
        var known = session.Catalog.Parameters.Select(parameter => parameter.Dashed).Concat(BuiltIns.Names.Select(ParameterName.Dashed)).ToArray();
        foreach (var argument in session.CommandLine.Named)
        {
            if (argument.Name.Length == 0)
                problems.Add(new Problem($"'{argument.Written}' on the command line", "a name is missing", "Write --name value."));
            else if (!known.Any(name => ParameterName.Plain(name) == argument.Name))
                problems.Add(Unknown(argument, known));
        }
    }

    /// <summary>What to do about a value that does not fit.</summary>
    public static string Advice(ParameterDeclaration parameter, string where)
    {
        var expected = ValueConverter.Expectation(parameter.Type);
        if (!where.StartsWith('-'))
            return expected is null ? "Correct the value." : $"Give {expected}.";
        if (ValueConverter.IsSwitch(parameter.Type))
            return $"If a target was meant, write it first: <target> {parameter.Dashed}. Else write {parameter.Dashed}, or {parameter.Dashed} false.";
        return $"Write {parameter.Dashed} {(expected is null ? "<text>" : $"and {expected}")}; targets come first.";
    }

    private static Problem Unknown(NamedArgument argument, string[] known)
    {
        var near = Nearest.To(argument.Written.TrimStart('-'), known.Select(name => name[2..]));
        return new Problem(
            $"{argument.Written} on the command line", "the build has no such parameter", near is null ? "--help lists them." : $"Did you mean --{near}? --help lists them.");
    }
}

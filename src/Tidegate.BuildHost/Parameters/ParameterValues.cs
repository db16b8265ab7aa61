using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Logs;

namespace Tidegate.BuildHost.Parameters;

/// <summary>What each parameter is worth: command line, environment, profiles (the last first), parameters.json.</summary>
internal sealed class ParameterValues(BuildSession session)
{
    private readonly EnvironmentValues _environment = new(session.Environment);
    private IReadOnlyList<ParametersFile> _files;

    /// <summary>Null: given nowhere. Throws <see cref="UsageException"/> when what is given does not convert.</summary>
    public object Resolve(ParameterDeclaration parameter)
    {
        var problems = new List<Problem>();
        var value = Resolve(parameter, problems);
        return problems.Count == 0 ? value : throw new UsageException(problems);
    }

    /// <summary>Everything that is wrong with what was given, whether it is used or not.</summary>
    public void Check(List<Problem> problems)
    {
        CommandLineCheck.Run(session, problems);
        var files = Files(problems);
        foreach (var parameter in session.Catalog.Parameters)
            Resolve(parameter, problems);
        foreach (var file in files)
        {
            foreach (var name in file.Names.Where(name => session.Catalog.Parameters.All(parameter => parameter.FullName != name)))
            {
                if (!BuiltIns.Names.Contains(name))
                    problems.Add(UnknownName(file, name));
            }
        }
    }

    /// <summary>The value of one of the host's own parameters, as text.</summary>
    public (string Source, IReadOnlyList<string> Texts)? BuiltIn(string name)
    {
        if (session.CommandLine.Find(name) is { } argument)
            return (argument.Written, argument.Values);
        return _environment.Find(name, isBuiltIn: true, out _) is { } found ? (found.Variable, [found.Text]) : null;
    }

    private object Resolve(ParameterDeclaration parameter, List<Problem> problems)
    {
        try
        {
            var value = FromCommandLine(parameter, problems) ?? FromEnvironment(parameter, problems) ?? FromFiles(parameter, problems);
            if (parameter.IsSecret)
                SecretMask.Shared.AddValue(value);
            return value;
        }
        catch (FormatException exception)
        {
            problems.Add(new Problem($"{parameter.Dashed}", exception.Message, "Correct the value."));
            return null;
        }
    }

    private object FromCommandLine(ParameterDeclaration parameter, List<Problem> problems) =>
        session.CommandLine.Find(parameter.FullName) is { } argument
            ? Convert(parameter, argument.Written, problems, () => ValueConverter.FromTexts(argument.Values, parameter.Type, parameter.Separator))
            : null;

    private object FromEnvironment(ParameterDeclaration parameter, List<Problem> problems)
    {
        var found = _environment.Find(parameter.FullName, isBuiltIn: false, out var ambiguous);
        if (ambiguous.Length > 1)
            session.Warn($"{parameter.Dashed}: the variables {string.Join(" and ", ambiguous)} both fit, so neither is used.");
        return found is var (variable, text)
            ? Convert(parameter, $"environment variable {variable}", problems, () => ValueConverter.FromText(text, parameter.Type, parameter.Separator))
            : null;
    }

    private object FromFiles(ParameterDeclaration parameter, List<Problem> problems)
    {
        foreach (var file in Files(problems))
        {
            if (!file.Has(parameter.FullName))
                continue;
            var where = $"{file.ShownPath} \"{parameter.FullName}\"";
            if (!parameter.IsSecret)
                return Convert(parameter, where, problems, () => file.Value(parameter.FullName, parameter.Type, parameter.Separator, session.RootDirectory));
            problems.Add(new Problem(where, "a secret must not lie in a file", $"Take it out, and set the variable {ParameterName.Variable(parameter.FullName)} instead."));
        }

        return null;
    }

    private static object Convert(ParameterDeclaration parameter, string where, List<Problem> problems, Func<object> convert)
    {
        try
        {
            return convert();
        }
        catch (FormatException exception)
        {
            var what = parameter.IsSecret ? "the value does not fit (it is not shown, being a secret)" : exception.Message;
            problems.Add(new Problem(where, what, CommandLineCheck.Advice(parameter, where)));
            return null;
        }
    }

    private IReadOnlyList<ParametersFile> Files(List<Problem> problems)
    {
        if (_files is not null)
            return _files;
        var files = new List<ParametersFile>();
        if (!session.BuiltIns.Help && session.TryGetRootDirectory() is { } root)
        {
            foreach (var profile in session.BuiltIns.Profiles.Reverse())
            {
                if (ParametersFile.Read(root, $"parameters.{profile}.json", problems) is { } file)
                    files.Add(file);
                else
                    problems.Add(new Problem($"--profile {profile}", $"there is no .nuke/parameters.{profile}.json", "Write the file, or name another profile."));
            }

            if (ParametersFile.Read(root, "parameters.json", problems) is { } common)
                files.Add(common);
        }

        return _files = files;
    }

    private Problem UnknownName(ParametersFile file, string name)
    {
        var near = Nearest.To(name, session.Catalog.Parameters.Select(parameter => parameter.FullName));
        return new Problem($"{file.ShownPath} \"{name}\"", "the build has no such parameter", near is null ? "Take it out." : $"Did you mean \"{near}\"?");
    }
}

using System.Linq.Expressions;
using Nuke.Common.Utilities;
using Tidegate.BuildHost.Execution;
using Tidegate.BuildHost.Parameters;

namespace Nuke.Common;

public static partial class EnvironmentInfo
{
    public static IReadOnlyCollection<string> CommandLineArguments => BuildSession.Current.CommandLine.Raw;

    public static bool HasArgument(string name) => BuildSession.Current.CommandLine.Find(name) != null;

    public static bool HasArgument<T>(Expression<Func<T>> expression) => HasArgument(expression.GetMemberInfo().Name);

    /// <summary>The text behind <c>--name</c>. A build that reads arguments so should declare a parameter: unknown names are refused.</summary>
    public static T GetNamedArgument<T>(string parameterName, char? separator = null) =>
        BuildSession.Current.CommandLine.Find(parameterName) is { } argument
            ? (T)ValueConverter.FromTexts(argument.Values, typeof(T), separator)
            : default;

    public static T GetNamedArgument<T>(Expression<Func<T>> expression, char? separator = null) =>
        GetNamedArgument<T>(expression.GetMemberInfo().Name, separator);

    public static T GetNamedArgument<T>(Expression<Func<object>> expression, char? separator = null) =>
        GetNamedArgument<T>(expression.GetMemberInfo().Name, separator);

    /// <summary>Of the arguments before the first <c>--name</c>; a negative position counts from the end.</summary>
    public static T GetPositionalArgument<T>(int position, char? separator = null)
    {
        var positional = BuildSession.Current.CommandLine.Positional;
        var index = position < 0 ? positional.Count + position : position;
        return index >= 0 && index < positional.Count ? (T)ValueConverter.FromText(positional[index], typeof(T), separator) : default;
    }

    public static T[] GetAllPositionalArguments<T>(char? separator = null) =>
        BuildSession.Current.CommandLine.Positional is { Count: > 0 } texts ? (T[])ValueConverter.FromTexts(texts, typeof(T[]), separator) : null;
}

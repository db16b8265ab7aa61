using System.Collections.ObjectModel;
using System.Globalization;

namespace Nuke.Common.Tooling;

/// <summary>The setters of every tool's options.</summary>
public static class ToolOptionsExtensions
{
    public static T SetProcessToolPath<T>(this T o, string value) where T : ToolOptions => o.With(nameof(o.ProcessToolPath), value);
    public static T ResetProcessToolPath<T>(this T o) where T : ToolOptions => o.Without(nameof(o.ProcessToolPath));

    public static T SetProcessWorkingDirectory<T>(this T o, string value) where T : ToolOptions => o.With(nameof(o.ProcessWorkingDirectory), value);
    public static T ResetProcessWorkingDirectory<T>(this T o) where T : ToolOptions => o.Without(nameof(o.ProcessWorkingDirectory));

    /// <summary>These and no others.</summary>
    public static T SetProcessEnvironmentVariables<T>(this T o, Dictionary<string, string> values) where T : ToolOptions => WithVariables(o, new(values));
    public static T SetProcessEnvironmentVariables<T>(this T o, ReadOnlyDictionary<string, string> values) where T : ToolOptions => WithVariables(o, new(values));
    public static T AddProcessEnvironmentVariables<T>(this T o, Dictionary<string, string> values) where T : ToolOptions =>
        values.Aggregate(o, static (options, pair) => options.AddProcessEnvironmentVariable(pair.Key, pair.Value));
    public static T AddProcessEnvironmentVariables<T>(this T o, ReadOnlyDictionary<string, string> values) where T : ToolOptions =>
        values.Aggregate(o, static (options, pair) => options.AddProcessEnvironmentVariable(pair.Key, pair.Value));

    /// <summary>Beside those of the build.</summary>
    public static T AddProcessEnvironmentVariable<T>(this T o, string key, string value) where T : ToolOptions => Change(o, all => all.Add(key, value));
    public static T SetProcessEnvironmentVariable<T>(this T o, string key, string value) where T : ToolOptions => Change(o, all => all[key] = value);
    public static T SetProcessEnvironmentVariable<T>(this T o, string key, object value) where T : ToolOptions =>
        Change(o, all => all[key] = Convert.ToString(value, CultureInfo.InvariantCulture));
    public static T RemoveProcessEnvironmentVariable<T>(this T o, string key) where T : ToolOptions => Change(o, all => all.Remove(key));
    public static T ClearProcessEnvironmentVariables<T>(this T o) where T : ToolOptions => WithVariables(o, []);
    public static T ResetProcessEnvironmentVariables<T>(this T o) where T : ToolOptions => o.Without(nameof(o.ProcessEnvironmentVariables));

    /// <param name="o">The options.</param>
    /// <param name="value">In milliseconds.</param>
    public static T SetProcessExecutionTimeout<T>(this T o, int? value) where T : ToolOptions => o.With(nameof(o.ProcessExecutionTimeout), value);
    public static T SetProcessExecutionTimeout<T>(this T o, TimeSpan value) where T : ToolOptions => o.SetProcessExecutionTimeout((int)value.TotalMilliseconds);
    public static T ResetProcessExecutionTimeout<T>(this T o) where T : ToolOptions => o.Without(nameof(o.ProcessExecutionTimeout));

    public static T SetProcessOutputLogging<T>(this T o, bool? value) where T : ToolOptions => o.With(nameof(o.ProcessOutputLogging), value);
    public static T EnableProcessOutputLogging<T>(this T o) where T : ToolOptions => o.SetProcessOutputLogging(true);
    public static T DisableProcessOutputLogging<T>(this T o) where T : ToolOptions => o.SetProcessOutputLogging(false);
    public static T DisableProcessLogOutput<T>(this T o) where T : ToolOptions => o.SetProcessOutputLogging(false);
    public static T ResetProcessOutputLogging<T>(this T o) where T : ToolOptions => o.Without(nameof(o.ProcessOutputLogging));

    public static T SetProcessInvocationLogging<T>(this T o, bool? value) where T : ToolOptions => o.With(nameof(o.ProcessInvocationLogging), value);
    public static T EnableProcessInvocationLogging<T>(this T o) where T : ToolOptions => o.SetProcessInvocationLogging(true);
    public static T DisableProcessInvocationLogging<T>(this T o) where T : ToolOptions => o.SetProcessInvocationLogging(false);
    public static T DisableProcessLogInvocation<T>(this T o) where T : ToolOptions => o.SetProcessInvocationLogging(false);
    public static T ResetProcessInvocationLogging<T>(this T o) where T : ToolOptions => o.Without(nameof(o.ProcessInvocationLogging));

    public static T SetProcessExitHandling<T>(this T o, bool? value) where T : ToolOptions => o.With(nameof(o.ProcessExitHandling), value);
    public static T EnableProcessExitHandling<T>(this T o) where T : ToolOptions => o.SetProcessExitHandling(true);
    public static T DisableProcessExitHandling<T>(this T o) where T : ToolOptions => o.SetProcessExitHandling(false);
    public static T ToggleProcessExitHandling<T>(this T o) where T : ToolOptions => o.SetProcessExitHandling(o.ProcessExitHandling is false);
    public static T ResetProcessExitHandling<T>(this T o) where T : ToolOptions => o.Without(nameof(o.ProcessExitHandling));

    public static T SetProcessRedactedSecrets<T>(this T o, params string[] v) where T : ToolOptions => o.WithList(nameof(o.ProcessRedactedSecrets), v);
    public static T SetProcessRedactedSecrets<T>(this T o, IEnumerable<string> v) where T : ToolOptions => o.WithList(nameof(o.ProcessRedactedSecrets), v);
    public static T AddProcessRedactedSecrets<T>(this T o, params string[] v) where T : ToolOptions => o.WithAdded(nameof(o.ProcessRedactedSecrets), v);
    public static T AddProcessRedactedSecrets<T>(this T o, IEnumerable<string> v) where T : ToolOptions => o.WithAdded(nameof(o.ProcessRedactedSecrets), v);
    public static T RemoveProcessRedactedSecrets<T>(this T o, params string[] v) where T : ToolOptions => o.WithRemoved(nameof(o.ProcessRedactedSecrets), v);
    public static T RemoveProcessRedactedSecrets<T>(this T o, IEnumerable<string> v) where T : ToolOptions => o.WithRemoved(nameof(o.ProcessRedactedSecrets), v);
    public static T ClearProcessRedactedSecrets<T>(this T o) where T : ToolOptions => o.WithList(nameof(o.ProcessRedactedSecrets), []);

    public static T SetProcessAdditionalArguments<T>(this T o, params string[] v) where T : ToolOptions => o.WithList(nameof(o.ProcessAdditionalArguments), v);
    public static T SetProcessAdditionalArguments<T>(this T o, IEnumerable<string> v) where T : ToolOptions => o.WithList(nameof(o.ProcessAdditionalArguments), v);
    public static T AddProcessAdditionalArguments<T>(this T o, params string[] v) where T : ToolOptions => o.WithAdded(nameof(o.ProcessAdditionalArguments), v);
    public static T AddProcessAdditionalArguments<T>(this T o, IEnumerable<string> v) where T : ToolOptions => o.WithAdded(nameof(o.ProcessAdditionalArguments), v);
    public static T RemoveProcessAdditionalArguments<T>(this T o, params string[] v) where T : ToolOptions => o.WithRemoved(nameof(o.ProcessAdditionalArguments), v);
    public static T RemoveProcessAdditionalArguments<T>(this T o, IEnumerable<string> v) where T : ToolOptions => o.WithRemoved(nameof(o.ProcessAdditionalArguments), v);
    public static T ClearProcessAdditionalArguments<T>(this T o) where T : ToolOptions => o.WithList(nameof(o.ProcessAdditionalArguments), []);

    public static T SetProcessLogger<T>(this T o, Action<OutputType, string> v) where T : ToolOptions => Change(o, (T copy) => copy.Logger = v);

    public static T SetProcessExitHandler<T>(this T o, Action<IProcess> exitHandler) where T : ToolOptions =>
        Change(o, (T copy) => copy.ExitHandler = (_, process) => { exitHandler(process); return null; });

    public static T SetProcessExitHandler<T>(this T o, Action<T, IProcess> exitHandler) where T : ToolOptions =>
        Change(o, (T copy) => copy.ExitHandler = (options, process) => { exitHandler((T)options, process); return null; });

    public static T SetProcessExitHandler<T>(this T o, Func<IProcess, object> exitHandler) where T : ToolOptions =>
        Change(o, (T copy) => copy.ExitHandler = (_, process) => exitHandler(process));

    public static T SetProcessExitHandler<T>(this T o, Func<T, IProcess, object> exitHandler) where T : ToolOptions =>
        Change(o, (T copy) => copy.ExitHandler = (options, process) => exitHandler((T)options, process));

    private static T Change<T>(T options, Action<T> change) where T : ToolOptions
    {
        var copy = (T)options.Copy();
        change(copy);
        return copy;
    }

    private static T Change<T>(T options, Action<Dictionary<string, string>> change) where T : ToolOptions
    {
        var variables = new Dictionary<string, string>(options.ProcessEnvironmentVariables);
        change(variables);
        return WithVariables(options, variables);
    }

    private static T WithVariables<T>(T options, Dictionary<string, string> variables) where T : ToolOptions =>
        options.With(nameof(options.ProcessEnvironmentVariables), variables);
}

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Nuke.Common.Utilities;

namespace Nuke.Common.Tooling;

/// <summary>Gets options and answers changed ones: <c>_ => _.SetConfiguration("Release")</c>.</summary>
public delegate T Configure<T>(T options);

public delegate TOptions Configure<TOptions, in TValue>(TOptions options, TValue value);

/// <summary>One call for each of several options.</summary>
public delegate IEnumerable<T> CombinatorialConfigure<T>(T options)
    where T : ToolOptions, new();

public static class ConfigureExtensions
{
    public static T InvokeSafe<T>(this Configure<T> configurator, T obj) => configurator is null ? obj : configurator(obj);

    /// <param name="completeOnFailure">True: all calls are made, then the failures are thrown together.</param>
    public static IReadOnlyCollection<(TOptions Settings, IReadOnlyCollection<Output> Output)> Invoke<TOptions>(
        this CombinatorialConfigure<TOptions> configurator,
        Func<TOptions, IReadOnlyCollection<Output>> executor,
        int degreeOfParallelism,
        bool completeOnFailure)
        where TOptions : ToolOptions, new() =>
        All(configurator, options => (options, executor(options)), degreeOfParallelism, completeOnFailure);

    public static IReadOnlyCollection<(TOptions Settings, TResult Result, IReadOnlyCollection<Output> Output)> Invoke<TOptions, TResult>(
        this CombinatorialConfigure<TOptions> configurator,
        Func<TOptions, (TResult Result, IReadOnlyCollection<Output> Output)> executor,
        int degreeOfParallelism,
        bool completeOnFailure)
        where TOptions : ToolOptions, new() =>
        All(configurator, options => executor(options).Apply(answer => (options, answer.Result, answer.Output)), degreeOfParallelism, completeOnFailure);

    private static TAnswer[] All<TOptions, TAnswer>(
        CombinatorialConfigure<TOptions> configurator, Func<TOptions, TAnswer> call, int degreeOfParallelism, bool completeOnFailure)
        where TOptions : ToolOptions, new()
    {
        var options = configurator(new TOptions()).ToArray();
        var answers = new TAnswer[options.Length];
        var failures = new ConcurrentQueue<Exception>();
        var degree = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, degreeOfParallelism) };
        Parallel.For(0, options.Length, degree, (index, state) =>
        {
            try
            {
                answers[index] = call(options[index]);
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception);
                if (!completeOnFailure)
                    state.Stop();
            }
        });

        if (failures.Count == 1 && failures.TryPeek(out var only))
            ExceptionDispatchInfo.Throw(only);
        return failures.IsEmpty ? answers : throw new AggregateException(failures);
    }
}

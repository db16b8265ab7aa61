using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.Utilities;
using Serilog;
using Tidegate.BuildHost.Completion;
using Tidegate.BuildHost.Configurations;
using Tidegate.BuildHost.Logs;
using Tidegate.BuildHost.Parameters;
using Tidegate.BuildHost.Reports;

namespace Tidegate.BuildHost.Execution;

/// <summary>The life of a build, from the arguments to the exit code.</summary>
internal static class BuildRunner
{
    public static int Run<T>(BuildSession session, Func<T> create, params Expression<Func<T, Target>>[] defaults)
        where T : NukeBuild
    {
        BuildSession.Current = session;
        try
        {
            var problems = new List<Problem>();
            if (session.CommandLine.Raw is [CompletionAnswers.Command, ..])
                return Answer(session, create(), defaults);
            session.BuiltIns = BuiltIns.Read(session, problems);
            if (session.BuiltIns.Help)
                return Help(session, create(), defaults);
            if (session.BuiltIns.Timings || session.BuiltIns.Completion is not null)
                return Tell(session, problems);
            session.Host = Hosts.Detect(session, problems);

            // A host that was only named, with --host, would show what it is told to hide.
            SecretMask.Shared.Told = session.BuiltIns.Host is null ? session.Host.Mask : null;
            return Run(session, create, defaults, problems);
        }
        catch (UsageException exception)
        {
            return Refuse(session, exception.Problems, exception.ExitCode);
        }
        catch (Exception exception)
        {
            session.Error.WriteLine(SecretMask.Shared.Apply($"The build host failed. This is a defect; please report it.{Environment.NewLine}{exception.Unwrap()}"));
            return ExitCodes.Internal;
        }
    }

    private static int Run<T>(BuildSession session, Func<T> create, Expression<Func<T, Target>>[] defaults, List<Problem> problems)
        where T : NukeBuild
    {
        using var log = BuildLog.Open(session);
        var build = Created(create, session);
        session.Parameters.Check(problems);
        var targets = TargetGraph.Of(build, defaults, problems);
        var skip = TargetChoice.Make(session.BuiltIns, targets, problems);
        RefuseIfAny(problems);

        session.Injection.Parameters(build);
        build.ExecutableTargets = targets;
        session.Extensions = ExtensionsOf(build);
        foreach (var extension in session.Extensions.OfType<IOnBuildCreated>())
            extension.OnBuildCreated(targets);
        build.OnBuildCreated();
        if (session.BuiltIns.GenerateSchema)
            return SchemaFile.Write(session, targets);
        if (session.BuiltIns.Configuration is { } id)
            return ConfigurationFiles.Write(session, build, targets, id);

        if (!session.BuiltIns.NoLogo && !session.BuiltIns.Plan && session.Shows(DefaultOutput.Logo))
            session.Host.WriteLogo();
        build.ExecutionPlan = Planner.Plan(targets, targets.Where(target => target.IsChosen), session.BuiltIns.Strict);
        if (build.ExecutionPlan.Count == 0)
            return Help(session, build, targets);

        Prepare(build, skip, problems);
        if (session.BuiltIns.Json)
            return PlanJson.Write(session, build, problems);
        foreach (var warning in session.Warnings)
            Log.Warning("{Warning:l}", warning);
        if (session.BuiltIns.Plan)
            return PlanText.Write(session, build, problems);
        if (problems.Count > 0)
            throw new UsageException(problems) { ExitCode = ExitCodes.Refused(build) };
        return Execute(build);
    }

    /// <summary>Values that are no parameters, what is skipped, what is required.</summary>
    private static void Prepare(NukeBuild build, IReadOnlyCollection<ExecutableTarget> skip, List<Problem> problems)
    {
        var session = build.Session;
        foreach (var target in build.ExecutionPlan)
            target.Status = ExecutionStatus.Scheduled;
        session.Injection.Others(build);
        foreach (var extension in session.Extensions.OfType<IOnBuildInitialized>())
            extension.OnBuildInitialized(build.ExecutableTargets, build.ExecutionPlan);
        build.OnBuildInitialized();
        if (skip is not null)
            Skipping.ByName(build.ExecutionPlan, skip);
        Attempt.Recall(session, build.ExecutionPlan);
        Skipping.ByStaticConditions(build.ExecutionPlan, problems);
        Requirements.Check(build, problems);
    }

    private static int Execute(NukeBuild build)
    {
        var session = build.Session;
        using var stop = new StopRequest();
        session.Attempt = Attempt.Begin(session, build.ExecutionPlan);
        new TargetExecutor(build, stop).Run();
        session.Attempt?.End(build.IsSucceeding);
        Timings.Take(session, build.ExecutionPlan);

        if (session.Shows(DefaultOutput.ErrorsAndWarnings))
            session.Host.WriteErrorsAndWarnings();
        if (session.Shows(DefaultOutput.TargetOutcome))
            session.Host.WriteTargetOutcome(build);
        if (session.Shows(DefaultOutput.BuildOutcome))
            session.Host.WriteBuildOutcome(build);
        session.Host.WriteJobSummary(build);
        build.ExitCode ??= stop.IsReceived ? stop.ExitCode : build.IsFailing ? ExitCodes.Failed : ExitCodes.Succeeded;
        SchemaFile.WriteIfOutdated(session, build.ExecutableTargets);

        try
        {
            foreach (var extension in session.Extensions.OfType<IOnBuildFinished>())
                extension.OnBuildFinished();
            build.OnBuildFinished();
        }
        finally
        {
            RunReport.Write(session, build, stop.IsReceived);
        }

        return build.ExitCode.Value;
    }

    /// <summary>What needs no build.</summary>
    private static int Tell(BuildSession session, List<Problem> problems)
    {
        RefuseIfAny(problems);
        return session.BuiltIns.Completion is { } shell ? CompletionScript.Write(session, shell) : Timings.Show(session);
    }

    private static int Answer<T>(BuildSession session, T build, Expression<Func<T, Target>>[] defaults)
        where T : NukeBuild
    {
        build.Session = session;
        return CompletionAnswers.Write(session, build, TargetGraph.Of(build, defaults, []));
    }

    private static int Help<T>(BuildSession session, T build, Expression<Func<T, Target>>[] defaults)
        where T : NukeBuild
    {
        build.Session = session;
        var problems = new List<Problem>();
        var targets = TargetGraph.Of(build, defaults, problems);
        var code = Help(session, build, targets);
        return problems.Count == 0 ? code : Refuse(session, problems, ExitCodes.InputInvalid);
    }

    private static int Help(BuildSession session, NukeBuild build, IReadOnlyList<ExecutableTarget> targets)
    {
        HelpText.Write(session, build, targets);
        return ExitCodes.Succeeded;
    }

    private static T Created<T>(Func<T> create, BuildSession session)
        where T : NukeBuild
    {
        var build = create();
        build.Session = session;
        session.DisabledOutputs = [.. build.GetType().GetCustomAttributes<DisableDefaultOutputAttribute>().Where(disabled => disabled.IsApplicable(build))];
        return build;
    }

    private static IBuildExtension[] ExtensionsOf(NukeBuild build)
    {
        var extensions = build.GetType().GetInterfaces().Prepend(build.GetType())
            .SelectMany(type => type.GetCustomAttributes<BuildExtensionAttributeBase>(inherit: true))
            .OrderByDescending(extension => extension.Priority).ToArray();
        foreach (var extension in extensions)
            extension.Build = build;
        return extensions;
    }

    private static void RefuseIfAny(List<Problem> problems)
    {
        if (problems.Count > 0)
            throw new UsageException(problems);
    }

    private static int Refuse(BuildSession session, IReadOnlyList<Problem> problems, int code)
    {
        session.Error.WriteLine((code, problems.Count) switch
        {
            (not ExitCodes.InputInvalid, _) => "Nothing was run:",
            (_, 1) => "Nothing was run. One thing has to be mended:",
            _ => $"Nothing was run. {problems.Count} things have to be mended:",
        });
        foreach (var problem in problems.Distinct())
            session.Error.WriteLine(SecretMask.Shared.Apply(problem.ToString()));
        return code;
    }
}

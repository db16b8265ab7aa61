using Nuke.Common;
using Nuke.Components;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

namespace Tidegate.Components;

/// <summary>What a machine can say of the code without running it. Analyzers run as errors in Compile already.</summary>
public interface IStaticAnalysis : ICompile
{
    Target StaticAnalysis => _ => _
        .Description("Formatting is checked and nothing is changed; analyzers and code style are errors in Compile")
        .DependsOn<ICompile>(x => x.Compile)
        .Executes(() => DotNet($"format whitespace {Solution.Path} --verify-no-changes --no-restore"));
}

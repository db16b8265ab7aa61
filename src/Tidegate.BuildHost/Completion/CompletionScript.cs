using Tidegate.BuildHost.Execution;

namespace Tidegate.BuildHost.Completion;

/// <summary><c>--completion bash</c>: the script that makes a shell ask the build for names. It asks the one that is being typed, so it
/// serves every repository.</summary>
internal static class CompletionScript
{
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "pwsh"];

    public static int Write(BuildSession session, string shell)
    {
        var at = Array.FindIndex([.. Shells], each => string.Equals(each, shell, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            throw new UsageException(new Problem(
                "--completion", shell.Length == 0 ? "no shell is named" : $"there is no script for '{shell}'", $"Write --completion {string.Join(", --completion ", Shells)}."));
        }

        session.Out.Write(new[] { Bash, Zsh, PowerShell }[at].ReplaceLineEndings("\n"));
        session.Out.Flush();
        return ExitCodes.Succeeded;
    }

    private const string Bash = """
        # bash: names of targets and parameters for ./build.sh. Put this line into ~/.bashrc:
        #   source <(/path/to/a/repository/build.sh --completion bash)
        _tidegate_build() {
            local build=${COMP_WORDS[0]/#\~/$HOME}
            local IFS=$'\n'
            COMPREPLY=($("$build" :complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
        }
        complete -o default -F _tidegate_build build.sh

        """;

    private const string Zsh = """
        # zsh: names of targets and parameters for ./build.sh. Put this line into ~/.zshrc, after compinit:
        #   source <(/path/to/a/repository/build.sh --completion zsh)
        _tidegate_build() {
            local -a answers
            answers=(${(f)"$(${~words[1]} :complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)"})
            if (( ${#answers} )); then compadd -- $answers; else _files; fi
        }
        compdef _tidegate_build build.sh

        """;

    private const string PowerShell = """
        # PowerShell: names of targets and parameters for build.cmd, build.sh and build.ps1. Put this line into $PROFILE:
        #   C:\path\to\a\repository\build.cmd --completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName build, build.cmd, build.sh, build.ps1 -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $elements = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
            $words = @($elements | Select-Object -Skip 1)
            if ($wordToComplete -eq '') { $words += '""' }
            & $elements[0] ':complete' @words 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}

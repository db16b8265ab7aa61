#!/bin/sh
# Starts the build of build/: ./build.sh <Target> [--parameter value]. Compiles it only when something that it is made of has changed.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export NukeHost="${NukeHost:-InRepo}" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT="${DOTNET_CLI_TELEMETRY_OPTOUT:-1}"
# Compilers and tests live for seconds: what is measured for a faster third form of their code costs them more than it gives (docs/decisions/0014).
export DOTNET_TieredPGO="${DOTNET_TieredPGO:-0}"

case $NukeHost in
    InRepo) artifacts=$root/artifacts ;;
    *) artifacts=$root/artifacts/host-$(printf %s "$NukeHost" | tr '[:upper:]' '[:lower:]') ;;
esac
build=$artifacts/bootstrap/bin/_build/debug/_build.dll
state=$artifacts/build.state
chosen=$artifacts/build.dotnet

# Name, size and times of every file that the build is made of. What it delivers (src/Samples) is none of them.
sources() {
    cd -- "$root"
    set -- build src Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt .editorconfig nuget.config NuGet.config NuGet.Config
    if find --version >/dev/null 2>&1; then
        find "$@" -path src/Samples -prune -o -type f -printf '%p %s %T@ %C@\n' 2>/dev/null | cksum
    else
        find "$@" -path src/Samples -prune -o -type f -exec stat -f '%N %z %Fm %Fc' {} + 2>/dev/null | cksum
    fi
}

is_current() { [ -f "$build" ] && [ -f "$state" ] && [ "$(cat "$state")" = "$now" ]; }

# The first of them that is there, or with a command behind it the first with which that succeeds in this repository.
find_dotnet() {
    for candidate in dotnet "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet"; do
        if command -v "$candidate" >/dev/null 2>&1 && { [ $# = 0 ] || (cd -- "$root" && "$candidate" "$@" >/dev/null 2>&1); }; then
            dotnet=$candidate && return
        fi
    done
    return 1
}

# What compiled the build runs it too.
find_runtime() {
    if [ -f "$chosen" ] && read -r dotnet <"$chosen" && command -v "$dotnet" >/dev/null 2>&1; then return; fi
    find_dotnet || wanted_sdk "There is no 'dotnet' on the PATH"
}

wanted_sdk() {
    version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json" | head -n 1)
    echo "$1. This repository needs the .NET SDK $version or newer." >&2
    echo "   Get it from your package manager or from https://dotnet.microsoft.com/download, then run the command again." >&2
    exit 1
}

# Whatever goes wrong here, a server without work ends by itself after ten minutes.
end_server() {
    roslyn=$("$dotnet" msbuild "$root/build/_build.csproj" -getProperty:RoslynTargetsPath 2>/dev/null </dev/null) || return 0
    "$dotnet" exec "$roslyn/bincore/VBCSCompiler.dll" -shutdown "-pipename:$server" </dev/null >/dev/null 2>&1 || true
}

compile() {
    mkdir -p "$artifacts"
    # Two calls at once compile once: the later one waits and finds everything done. Without flock (macOS) they may compile twice.
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$artifacts/build.lock"
        flock 9
        now=$(sources)
        if is_current; then exec 9>&-; return; fi
    fi
    find_dotnet --version || wanted_sdk "No fitting .NET SDK is installed (there is: $("$dotnet" --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' '))"

    echo "Compiling the build ..." >&2
    rm -f "$state"
    log=$artifacts/build.log
    # One compiler for all projects takes half the time of one for each; it is ours alone, and no server may stay behind.
    server=tidegate-$$
    failed=
    "$dotnet" build "$root/build/_build.csproj" --configuration Debug --verbosity quiet -nologo -clp:NoSummary -nodeReuse:false \
        -p:UseSharedCompilation=true -p:SharedCompilationId="$server" -p:Bootstrap=true </dev/null >"$log" 2>&1 9>&- || failed=1
    end_server 9>&-
    if [ -n "$failed" ]; then
        cat "$log" >&2
        echo "The build in build/ does not compile; see above. Nothing was run." >&2
        exit 1
    fi
    printf '%s\n' "$dotnet" >"$chosen"
    # What changed while it was compiled is seen next time.
    printf '%s\n' "$now" >"$state.$$"
    mv -f "$state.$$" "$state"
    exec 9>&-
}

find_runtime

# A shell that completes a word waits for nothing, and is told nothing.
case ${1-} in
    :complete) [ -f "$build" ] || exit 0 ;;
    *)
        now=$(sources)
        is_current || compile
        ;;
esac

# NUKE would read this variable as its own parameter --host.
unset NukeHost
exec "$dotnet" "$build" "$@"

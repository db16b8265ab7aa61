#!/bin/sh
# Starts the build of build/: ./build.sh <Target> [--parameter value]. Compiles it only when something that it is made of has changed.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT="${DOTNET_CLI_TELEMETRY_OPTOUT:-1}"
# Compilers and tests live for seconds: what is measured for a faster third form of their code costs them more than it gives.
export DOTNET_TieredPGO="${DOTNET_TieredPGO:-0}"
output=$root/.nuke/temp/build
state=$root/.nuke/temp/build.state

# Name, size and time of every file that the build is made of.
sources() {
    cd -- "$root"
    set -- build Directory.Build.props Directory.Build.targets Directory.Packages.props global.json nuget.config NuGet.config NuGet.Config
    if find --version >/dev/null 2>&1; then
        find "$@" \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@ %C@\n' 2>/dev/null | cksum
    else
        find "$@" \( -name bin -o -name obj \) -prune -o -type f -exec stat -f '%N %z %Fm %Fc' {} + 2>/dev/null | cksum
    fi
}

now=$(sources)
if [ ! -f "$output/_build.dll" ] || [ ! -f "$state" ] || [ "$(cat "$state")" != "$now" ]; then
    echo "Compiling the build ..." >&2
    rm -f "$state"
    mkdir -p "$output"
    # No server may stay behind: it would hold a CI pipe open.
    if ! dotnet build "$root/build/_build.csproj" --output "$output" --verbosity quiet -nologo -clp:NoSummary -nodeReuse:false \
        -p:UseSharedCompilation=false </dev/null >"$output.log" 2>&1; then
        cat "$output.log" >&2
        echo "The build in build/ does not compile; see above. Nothing was run." >&2
        exit 1
    fi
    printf '%s\n' "$now" >"$state"
fi

exec dotnet "$output/_build.dll" "$@"

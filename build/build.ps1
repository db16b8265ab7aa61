# What build.sh does, for Windows: compiles the build only when something that it is made of has changed, then starts it.
$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
if (-not $env:NukeHost) { $env:NukeHost = 'InRepo' }
$env:DOTNET_NOLOGO = '1'
if (-not $env:DOTNET_CLI_TELEMETRY_OPTOUT) { $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1' }
# Compilers and tests live for seconds: what is measured for a faster third form of their code costs them more than it gives (docs/decisions/0014).
if (-not $env:DOTNET_TieredPGO) { $env:DOTNET_TieredPGO = '0' }

$artifacts = Join-Path $root 'artifacts'
if ($env:NukeHost -ne 'InRepo') { $artifacts = Join-Path $artifacts ('host-' + $env:NukeHost.ToLowerInvariant()) }
$build = Join-Path $artifacts 'bootstrap/bin/_build/debug/_build.dll'
$state = Join-Path $artifacts 'build.state'
$chosen = Join-Path $artifacts 'build.dotnet'

# Name, size and time of every file that the build is made of. What it delivers (src/Samples) is none of them.
function Get-Sources {
    $samples = [IO.Path]::Combine($root, 'src', 'Samples') + [IO.Path]::DirectorySeparatorChar
    $lines = foreach ($name in 'build', 'src', 'Directory.Build.props', 'Directory.Packages.props', 'global.json', 'BannedSymbols.txt', '.editorconfig', 'nuget.config') {
        $path = Join-Path $root $name
        if ([IO.File]::Exists($path)) { $files = @([IO.FileInfo]::new($path)) }
        elseif ([IO.Directory]::Exists($path)) { $files = [IO.DirectoryInfo]::new($path).GetFiles('*', 'AllDirectories') }
        else { continue }
        foreach ($file in $files) {
            if (-not $file.FullName.StartsWith($samples)) { '{0} {1} {2}' -f $file.FullName, $file.Length, $file.LastWriteTimeUtc.Ticks }
        }
    }
    $hash = [Security.Cryptography.SHA256]::Create()
    return [BitConverter]::ToString($hash.ComputeHash([Text.Encoding]::UTF8.GetBytes($lines -join "`n")))
}

function Stop-WithoutSdk([string] $found) {
    $wanted = (Get-Content (Join-Path $root 'global.json') -Raw | ConvertFrom-Json).sdk.version
    [Console]::Error.WriteLine("$found. This repository needs the .NET SDK $wanted or newer.")
    [Console]::Error.WriteLine('   Get it from your package manager or from https://dotnet.microsoft.com/download, then run the command again.')
    exit 1
}

function Test-Current([string] $now) {
    return (Test-Path $build) -and (Test-Path $state) -and ([IO.File]::ReadAllText($state) -eq $now)
}

# The first dotnet that is there, or with arguments the first with which they succeed in this repository.
function Find-Dotnet([string[]] $arguments) {
    $userFolder = if ($env:USERPROFILE) { $env:USERPROFILE } else { $env:HOME }
    foreach ($candidate in 'dotnet', "$env:DOTNET_ROOT/dotnet", "$userFolder/.dotnet/dotnet") {
        if (-not (Get-Command $candidate -ErrorAction SilentlyContinue)) { continue }
        if (-not $arguments) { return $candidate }
        Push-Location $root
        try { & $candidate @arguments *> $null; if ($LASTEXITCODE -eq 0) { return $candidate } } finally { Pop-Location }
    }
}

# What compiled the build runs it too.
$dotnet = if (Test-Path $chosen) { [IO.File]::ReadAllText($chosen) }
if (-not $dotnet -or -not (Get-Command $dotnet -ErrorAction SilentlyContinue)) { $dotnet = Find-Dotnet }
if (-not $dotnet) { Stop-WithoutSdk "There is no 'dotnet' on the PATH" }
# A shell that completes a word waits for nothing, and is told nothing.
$completes = $args.Count -gt 0 -and $args[0] -eq ':complete'
if ($completes -and -not (Test-Path $build)) { exit 0 }
$now = if (-not $completes) { Get-Sources }
if (-not $completes -and -not (Test-Current $now)) {
    New-Item -ItemType Directory -Force $artifacts | Out-Null
    # Two calls at once compile once: the later one waits and finds everything done.
    $lock = $null
    while (-not $lock) {
        try { $lock = [IO.File]::Open((Join-Path $artifacts 'build.lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] { Start-Sleep -Milliseconds 200 }
    }
    try {
        $now = Get-Sources
        if (-not (Test-Current $now)) {
            $fitting = Find-Dotnet '--version'
            if (-not $fitting) { Stop-WithoutSdk "No fitting .NET SDK is installed (there is: $((& $dotnet --list-sdks) -join ', '))" }
            $dotnet = $fitting

            [Console]::Error.WriteLine('Compiling the build ...')
            if (Test-Path $state) { Remove-Item $state }
            $output = & $dotnet build (Join-Path $root 'build/_build.csproj') --configuration Debug --verbosity quiet -nologo -clp:NoSummary -nodeReuse:false -p:UseSharedCompilation=false -p:Bootstrap=true 2>&1
            if ($LASTEXITCODE -ne 0) {
                $output | ForEach-Object { [Console]::Error.WriteLine($_) }
                [Console]::Error.WriteLine('The build in build/ does not compile; see above. Nothing was run.')
                exit 1
            }
            [IO.File]::WriteAllText($chosen, $dotnet)
            [IO.File]::WriteAllText($state, $now)
        }
    }
    finally { $lock.Dispose() }
}

# NUKE would read this variable as its own parameter --host.
Remove-Item Env:NukeHost
& $dotnet $build @args
exit $LASTEXITCODE

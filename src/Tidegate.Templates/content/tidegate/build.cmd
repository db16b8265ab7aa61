@echo off
rem Starts the build of build\: build.cmd ^<Target^> [--parameter value].
dotnet run --project "%~dp0build\_build.csproj" -- %*
exit /b %errorlevel%

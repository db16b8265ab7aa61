@echo off
rem Starts the build of build\: build.cmd ^<Target^> [--parameter value]. The work is done by build\build.ps1.
where pwsh >nul 2>nul && set "shell=pwsh" || set "shell=powershell"
%shell% -NoLogo -NoProfile -ExecutionPolicy Bypass -File "%~dp0build\build.ps1" %*
exit /b %errorlevel%

using Nuke.Common.Utilities;
using Serilog;

namespace Nuke.Common;

public static class ControlFlow
{
    /// <summary>Calls <paramref name="action"/> until it does not throw, at most <paramref name="retryAttempts"/> times.</summary>
    public static void ExecuteWithRetry(
        Action action, Action cleanup = null, int retryAttempts = 3, TimeSpan? delay = null, Action<string> logAction = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAttempts, 1);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                action();
                return;
            }
            catch (Exception exception) when (attempt < retryAttempts)
            {
                (logAction ?? Log.Warning)($"Attempt {attempt} of {retryAttempts} failed: {exception.Unwrap().Message}");
                if (delay is { } pause)
                    Task.Delay(pause, TimeProvider.System, Tidegate.BuildHost.BuildSignals.Stopping).GetAwaiter().GetResult();
            }
            finally
            {
                cleanup?.Invoke();
            }
        }
    }

    public static void SuppressErrors(Action action, bool includeStackTrace = false, bool logWarning = true) =>
        SuppressErrors<object>(() => { action(); return null; }, null, includeStackTrace, logWarning);

    public static T SuppressErrors<T>(Func<T> action, T defaultValue = default, bool includeStackTrace = false, bool logWarning = true)
    {
        try
        {
            return action();
        }
        catch (Exception exception)
        {
            if (logWarning)
                Log.Warning(includeStackTrace ? exception : null, "{Reason}", exception.Unwrap().Message);
            return defaultValue;
        }
    }

    public static IEnumerable<T> SuppressErrors<T>(Func<IEnumerable<T>> action, bool includeStackTrace = false) =>
        SuppressErrors(action, [], includeStackTrace, logWarning: true);
}

using System.Linq.Expressions;

namespace Nuke.Common.Utilities;

/// <summary>A pair of actions around a <c>using</c> block.</summary>
public class DelegateDisposable : IDisposable
{
    private Action _cleanup;

    private DelegateDisposable(Action cleanup) => _cleanup = cleanup;

    public static IDisposable CreateBracket(Action setup = null, Action cleanup = null)
    {
        setup?.Invoke();
        return new DelegateDisposable(cleanup);
    }

    public static IDisposable CreateBracket<T>(Func<T> setup, Action<T> cleanup)
    {
        var value = setup();
        return new DelegateDisposable(() => cleanup(value));
    }

    /// <summary>Gives a field or property another value for as long as the block lasts.</summary>
    public static IDisposable SetAndRestore<T>(Expression<Func<T>> memberProvider, T value)
    {
        var member = memberProvider.GetMemberInfo();
        var target = memberProvider.GetTarget();
        var before = member.GetValue<T>(target);
        return CreateBracket(() => member.SetValue(target, value), () => member.SetValue(target, before));
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _cleanup, null)?.Invoke();
        GC.SuppressFinalize(this);
    }
}

public static class DisposableExtensions
{
    public static IDisposable CombineWith(this IDisposable disposable, Action setup = null, Action cleanup = null) =>
        disposable.CombineWith(DelegateDisposable.CreateBracket(setup, cleanup));

    /// <summary>Both end, the later one first.</summary>
    public static IDisposable CombineWith(this IDisposable disposable, IDisposable otherDisposable) =>
        DelegateDisposable.CreateBracket(cleanup: () =>
        {
            otherDisposable.Dispose();
            disposable.Dispose();
        });
}

using System.Reflection;

namespace Nuke.Common.Utilities;

public static class ExceptionExtensions
{
    /// <summary>The exception that was meant: without the wrappers of reflection and of waiting for a task.</summary>
    public static Exception Unwrap(this Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => inner.Unwrap(),
        TypeInitializationException { InnerException: { } inner } => inner.Unwrap(),
        AggregateException { InnerExceptions: [var inner] } => inner.Unwrap(),
        _ => exception,
    };
}

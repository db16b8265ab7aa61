namespace Nuke.Common.Utilities;

/// <summary>Steps in a chain of calls.</summary>
public static class ObjectExtensions
{
    public static TOutput Apply<TInput, TOutput>(this TInput input, Func<TInput, TOutput> transform) => transform(input);

    public static T When<T>(this T input, bool condition, Func<T, T> transform) => condition ? transform(input) : input;

    public static T WhenNotNull<T, TObject>(this T input, TObject obj, Func<T, TObject, T> transform) => obj is null ? input : transform(input, obj);
}

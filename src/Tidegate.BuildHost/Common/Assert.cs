using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>Checks that end the target with a message that names the expression.</summary>
public static class Assert
{
    [DoesNotReturn]
    public static void Fail(string message, Exception exception = null) => throw new InvalidOperationException(message, exception);

    public static void True(bool condition, string message = null, [CallerArgumentExpression(nameof(condition))] string argumentExpression = null) =>
        Check(condition, message ?? "Expected condition to be true", argumentExpression);

    public static void False(bool condition, string message = null, [CallerArgumentExpression(nameof(condition))] string argumentExpression = null) =>
        Check(!condition, message ?? "Expected condition to be false", argumentExpression);

    public static T NotNull<T>(this T obj, string message = null, [CallerArgumentExpression(nameof(obj))] string argumentExpression = null)
        where T : class
    {
        Check(obj != null, message ?? "Expected object to be not null", argumentExpression);
        return obj;
    }

    public static T? NotNull<T>(this T? obj, string message = null, [CallerArgumentExpression(nameof(obj))] string argumentExpression = null)
        where T : struct
    {
        Check(obj != null, message ?? "Expected object to be not null", argumentExpression);
        return obj;
    }

    public static string NotNullOrEmpty(this string str, string message = null, [CallerArgumentExpression(nameof(str))] string argumentExpression = null)
    {
        Check(!string.IsNullOrEmpty(str), message ?? "Expected string to be not null or empty", argumentExpression);
        return str;
    }

    public static string NotNullOrWhiteSpace(this string str, string message = null, [CallerArgumentExpression(nameof(str))] string argumentExpression = null)
    {
        Check(!string.IsNullOrWhiteSpace(str), message ?? "Expected string to be not null or whitespace", argumentExpression);
        return str;
    }

    public static void NotEmpty<T>(this IReadOnlyCollection<T> collection, string message = null, [CallerArgumentExpression(nameof(collection))] string argumentExpression = null) =>
        Check(collection is { Count: > 0 }, message ?? "Expected collection to be not empty", argumentExpression);

    public static void Empty<T>(this IReadOnlyCollection<T> collection, string message = null, [CallerArgumentExpression(nameof(collection))] string argumentExpression = null) =>
        Check(collection is { Count: 0 }, message ?? $"Expected collection to be empty, but it has {collection?.Count} elements", argumentExpression);

    public static void HasSingleItem<T>(this IReadOnlyCollection<T> collection, string message = null, [CallerArgumentExpression(nameof(collection))] string argumentExpression = null) =>
        collection.Count(1, message, argumentExpression);

    public static void Count<T>(this IReadOnlyCollection<T> collection, int length, string message = null, [CallerArgumentExpression(nameof(collection))] string argumentExpression = null) =>
        Check(collection?.Count == length, message ?? $"Expected collection to have length {length}, but it has {collection?.Count}", argumentExpression);

    public static void FileExists(string path, string message = null, [CallerArgumentExpression(nameof(path))] string argumentExpression = null) =>
        Check(File.Exists(path), message ?? $"Expected file to exist: {path}", argumentExpression);

    public static void DirectoryExists(string path, string message = null, [CallerArgumentExpression(nameof(path))] string argumentExpression = null) =>
        Check(Directory.Exists(path), message ?? $"Expected directory to exist: {path}", argumentExpression);

    private static void Check([DoesNotReturnIf(false)] bool condition, string message, string argumentExpression)
    {
        if (!condition)
            throw new ArgumentException(message, argumentExpression);
    }
}

namespace Nuke.Common.Utilities.Collections;

/// <summary>Arrays into variables: <c>var (owner, name) = identifier.Split('/');</c>. What is missing is the default; what is more is left out.</summary>
public static class ArrayExtensions
{
    public static void Deconstruct<T>(this T[] items, out T t0) => t0 = At(items, 0);

    public static void Deconstruct<T>(this T[] items, out T t0, out T t1) => (t0, t1) = (At(items, 0), At(items, 1));

    public static void Deconstruct<T>(this T[] items, out T t0, out T t1, out T t2) => (t0, t1, t2) = (At(items, 0), At(items, 1), At(items, 2));

    public static void Deconstruct<T>(this T[] items, out T t0, out T t1, out T t2, out T t3) =>
        (t0, t1, t2, t3) = (At(items, 0), At(items, 1), At(items, 2), At(items, 3));

    private static T At<T>(T[] items, int index) => index < items.Length ? items[index] : default;
}

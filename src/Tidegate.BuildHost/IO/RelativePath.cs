namespace Nuke.Common.IO;

/// <summary>A path without a root. Its separator is the platform's, or the one it was made with.</summary>
public class RelativePath
{
    private readonly string _path;
    private readonly char? _separator;

    protected RelativePath(string path, char? separator = null)
    {
        _path = PathConstruction.NormalizePath(path, separator);
        _separator = separator;
    }

    public static explicit operator RelativePath(string path) => path is null ? null : new RelativePath(path);

    public static implicit operator string(RelativePath path) => path?._path;

    public static RelativePath operator /(RelativePath left, string right) =>
        new(PathConstruction.Combine(left.NotNull()._path, right, left._separator), left._separator);

    public static RelativePath operator /(RelativePath left, Range range)
    {
        Assert.True(range.Equals(Range.All), "Only '..' can be used as a range");
        return left / "..";
    }

    public static RelativePath operator +(RelativePath left, string right) => new(left._path + right, left._separator);

    public override string ToString() => _path;
}

/// <summary>With slashes, wherever the build runs.</summary>
public class UnixRelativePath : RelativePath
{
    protected UnixRelativePath(string path, char? separator) : base(path, separator) { }

    public static explicit operator UnixRelativePath(string path) => path is null ? null : new UnixRelativePath(path, '/');
}

/// <summary>With backslashes, wherever the build runs.</summary>
public class WinRelativePath : RelativePath
{
    protected WinRelativePath(string path, char? separator) : base(path, separator) { }

    public static explicit operator WinRelativePath(string path) => path is null ? null : new WinRelativePath(path, '\\');
}

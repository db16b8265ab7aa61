using System.ComponentModel;
using System.Globalization;

namespace Nuke.Common.IO;

/// <summary>Something that lies at a path: a project, a solution, the path itself.</summary>
public interface IAbsolutePathHolder
{
    AbsolutePath Path { get; }
}

/// <summary>A rooted, normalized path: <c>RootDirectory / "src" / "App"</c>.</summary>
[TypeConverter(typeof(TypeConverter))]
public class AbsolutePath : IAbsolutePathHolder, IFormattable
{
    public const string DoubleQuote = "d";
    public const string DoubleQuoteIfNeeded = "dn";
    public const string SingleQuote = "s";
    public const string SingleQuoteIfNeeded = "sn";
    public const string NoQuotes = "nq";

    private readonly string _path;

    private AbsolutePath(string path) => _path = path;

    AbsolutePath IAbsolutePathHolder.Path => this;

    public string Name => System.IO.Path.GetFileName(_path);
    public string NameWithoutExtension => System.IO.Path.GetFileNameWithoutExtension(_path);
    public string Extension => System.IO.Path.GetExtension(_path);

    /// <summary>Null for a root.</summary>
    public AbsolutePath Parent => System.IO.Path.GetDirectoryName(_path) is { Length: > 0 } parent ? new AbsolutePath(parent) : null;

    public static AbsolutePath Create(string path)
    {
        if (!PathConstruction.HasPathRoot(path))
            throw new ArgumentException($"The path '{path}' must be rooted.", nameof(path));
        return new AbsolutePath(PathConstruction.NormalizePath(path));
    }

    public static implicit operator AbsolutePath(string path) => path is null ? null : Create(path);

    public static implicit operator string(AbsolutePath path) => path?.ToString();

    public static AbsolutePath operator /(AbsolutePath left, string right) => Create(PathConstruction.Combine(left.NotNull()._path, right));

    /// <summary><c>path / ..</c> is the parent.</summary>
    public static AbsolutePath operator /(AbsolutePath left, Range range)
    {
        Assert.True(range.Equals(Range.All), "Only '..' can be used as a range");
        return left / "..";
    }

    public static AbsolutePath operator +(AbsolutePath left, string right) => Create(left._path + right);

    public static bool operator ==(AbsolutePath a, AbsolutePath b) => Equals(a, b);
    public static bool operator !=(AbsolutePath a, AbsolutePath b) => !Equals(a, b);

    public override bool Equals(object obj) => obj is AbsolutePath other && string.Equals(_path, other._path, PathConstruction.Comparison);
    public override int GetHashCode() => _path.GetHashCode(PathConstruction.Comparison);

    public override string ToString() => _path;

    string IFormattable.ToString(string format, IFormatProvider formatProvider) => format switch
    {
        DoubleQuote => $"\"{_path}\"",
        DoubleQuoteIfNeeded => _path.Contains(' ') ? $"\"{_path}\"" : _path,
        SingleQuote => $"'{_path}'",
        SingleQuoteIfNeeded => _path.Contains(' ') ? $"'{_path}'" : _path,
        _ => _path,
    };

    /// <summary>A relative text is taken from the working directory.</summary>
    public class TypeConverter : System.ComponentModel.TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        public override object ConvertFrom(ITypeDescriptorContext context, CultureInfo culture, object value) =>
            value is string text ? FromWorkingDirectory(text) : base.ConvertFrom(context, culture, value);
    }

    internal static AbsolutePath FromWorkingDirectory(string text) =>
        PathConstruction.HasPathRoot(text) ? Create(text) : EnvironmentInfo.WorkingDirectory / text;
}

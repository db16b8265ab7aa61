using System.Security.Cryptography;
using System.Text;

namespace Nuke.Common.IO;

public static partial class AbsolutePathExtensions
{
    /// <summary>UTF-8 without a mark, refusing invalid bytes.</summary>
    public static Encoding DefaultEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whose line ends <see cref="WriteAllLines(AbsolutePath, string[], Encoding, PlatformFamily?, bool?)"/> writes.</summary>
    public static PlatformFamily? DefaultLineBreakType = EnvironmentInfo.Platform;

    /// <summary>Whether a written text ends with a line end. Default: true.</summary>
    public static bool DefaultEofLineBreak = true;

    public static string ReadAllText(this AbsolutePath path, Encoding encoding = null) => File.ReadAllText(path, encoding ?? DefaultEncoding);

    public static string[] ReadAllLines(this AbsolutePath path, Encoding encoding = null) => File.ReadAllLines(path, encoding ?? DefaultEncoding);

    public static byte[] ReadAllBytes(this AbsolutePath path) => File.ReadAllBytes(path);

    public static AbsolutePath WriteAllText(this AbsolutePath path, string content, Encoding encoding = null, bool? eofLineBreak = null)
    {
        path.Parent.CreateDirectory();
        var text = (eofLineBreak ?? DefaultEofLineBreak) && !content.EndsWith('\n') ? content + Environment.NewLine : content;
        File.WriteAllText(path, text, encoding ?? DefaultEncoding);
        return path;
    }

    public static AbsolutePath WriteAllLines(
        this AbsolutePath path, string[] lines, Encoding encoding = null, PlatformFamily? platformFamily = null, bool? eofLineBreak = null)
    {
        var lineBreak = (platformFamily ?? DefaultLineBreakType) == PlatformFamily.Windows ? "\r\n" : "\n";
        path.Parent.CreateDirectory();
        var text = string.Join(lineBreak, lines) + ((eofLineBreak ?? DefaultEofLineBreak) ? lineBreak : string.Empty);
        File.WriteAllText(path, text, encoding ?? DefaultEncoding);
        return path;
    }

    public static AbsolutePath WriteAllLines(
        this AbsolutePath path, IEnumerable<string> lines, Encoding encoding = null, PlatformFamily? platformFamily = null, bool? eofLineBreak = null) =>
        path.WriteAllLines(lines.ToArray(), encoding, platformFamily, eofLineBreak);

    public static AbsolutePath WriteAllBytes(this AbsolutePath path, byte[] bytes)
    {
        path.Parent.CreateDirectory();
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static AbsolutePath AppendAllText(this AbsolutePath path, string content, Encoding encoding = null)
    {
        path.Parent.CreateDirectory();
        File.AppendAllText(path, content, encoding ?? DefaultEncoding);
        return path;
    }

    public static AbsolutePath AppendAllLines(this AbsolutePath path, string[] lines, Encoding encoding = null)
    {
        path.Parent.CreateDirectory();
        File.AppendAllLines(path, lines, encoding ?? DefaultEncoding);
        return path;
    }

    public static AbsolutePath AppendAllLines(this AbsolutePath path, IEnumerable<string> lines, Encoding encoding = null) =>
        path.AppendAllLines(lines.ToArray(), encoding);

    public static AbsolutePath UpdateText(this AbsolutePath path, Func<string, string> update, Encoding encoding = null) =>
        path.WriteAllText(update(path.ReadAllText(encoding)), encoding, eofLineBreak: false);

    /// <summary>MD5 of the content, lower-case hex: to see a change, not to prove anything.</summary>
    public static string GetFileHash(this AbsolutePath path)
    {
        using var content = File.OpenRead(path);
        return Hex(HashOf(content));
    }

    /// <summary>Changes with every name and content below the folder.</summary>
    public static string GetDirectoryHash(this AbsolutePath path, Func<AbsolutePath, bool> includeFile = null) =>
        Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(AbsolutePath.Create)
            .Where(file => includeFile?.Invoke(file) != false).GetFileSetHash(path);

    public static string GetFileSetHash(this IEnumerable<AbsolutePath> paths, string baseDirectory)
    {
        using var all = new MemoryStream();
        foreach (var path in paths.OrderBy(path => path.ToString(), StringComparer.Ordinal))
            all.Write(Encoding.UTF8.GetBytes($"{PathConstruction.GetUnixRelativePath(baseDirectory, path)}\0{path.GetFileHash()}\n"));
        all.Position = 0;
        return Hex(HashOf(all));
    }

#pragma warning disable CA5351 // NUKE's hashes are MD5: builds compare them with what they stored before; nothing is secured by them.
    private static byte[] HashOf(Stream content) => MD5.HashData(content);
#pragma warning restore CA5351

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

using Nuke.Common.IO;

namespace Nuke.Common.Git;

/// <summary>The values of a git config file that a build asks for. Included files are not read.</summary>
internal sealed class GitConfig
{
    private readonly Dictionary<(string Section, string Name, string Key), string> _values = [];

    public static GitConfig Read(AbsolutePath file)
    {
        var config = new GitConfig();
        var (section, name) = (string.Empty, string.Empty);
        foreach (var line in file.FileExists() ? File.ReadLines(file).Select(line => line.Trim()) : [])
        {
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                var parts = line[1..^1].Split(' ', 2);
                section = parts[0];
                name = parts.Length > 1 ? parts[1].Trim().Trim('"') : string.Empty;
            }
            else if (line.Split('=', 2) is [var key, var value])
            {
                config._values[(section, name, key.Trim())] = value.Trim();
            }
        }

        return config;
    }

    public string Find(string section, string name, string key) => _values.GetValueOrDefault((section, name, key));
}

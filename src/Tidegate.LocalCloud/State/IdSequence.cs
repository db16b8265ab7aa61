using System.Globalization;

namespace Tidegate.LocalCloud.State;

/// <summary>Numbers that are never given twice, not even over restarts of the cloud.</summary>
internal sealed class IdSequence(string path)
{
    private const long Block = 100;

    private readonly Lock _gate = new();
    private long _next;
    private long _reserved;

    public long Next()
    {
        lock (_gate)
        {
            if (_next >= _reserved) Reserve();
            return _next++;
        }
    }

    private void Reserve()
    {
        // Reserved before use: numbers of a block that a killed cloud had begun are left out.
        var known = File.Exists(path) && long.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        var first = Math.Max(known, _reserved); // the file may have been removed meanwhile
        OwnFolder.MakeFor(path);
        File.WriteAllText(path + ".new", (first + Block).ToString(CultureInfo.InvariantCulture));
        File.Move(path + ".new", path, overwrite: true);
        (_next, _reserved) = (first, first + Block);
    }
}

using NuGet.Versioning;
using Nuke.Common.IO;

namespace Nuke.Common.ChangeLog;

/// <summary>A file with a section for each version, the newest first, and perhaps one for what is not released yet.</summary>
public class ChangeLog
{
    public ChangeLog(string path, IReadOnlyList<ReleaseNotes> releaseNotes) : this(path, null, releaseNotes) { }

    public ChangeLog(string path, ReleaseNotes unreleased, IReadOnlyList<ReleaseNotes> releaseNotes)
    {
        Path = path;
        Unreleased = unreleased;
        ReleaseNotes = releaseNotes;
    }

    public AbsolutePath Path { get; }

    /// <summary>Null when there is no such section.</summary>
    public ReleaseNotes Unreleased { get; }
    public IReadOnlyList<ReleaseNotes> ReleaseNotes { get; }

    /// <summary>Null before the first release.</summary>
    public NuGetVersion LatestVersion => ReleaseNotes.Max(static notes => notes.Version);
}

/// <summary>One section. Its lines are counted from 0.</summary>
public class ReleaseNotes
{
    /// <summary>What is not released yet.</summary>
    public ReleaseNotes(IReadOnlyList<string> notes, int startIndex, int endIndex) : this(null, notes, startIndex, endIndex) { }

    public ReleaseNotes(NuGetVersion version, IReadOnlyList<string> notes, int startIndex, int endIndex)
    {
        Version = version;
        Notes = notes;
        StartIndex = startIndex;
        EndIndex = endIndex;
    }

    public NuGetVersion Version { get; }
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The line of the heading.</summary>
    public int StartIndex { get; }

    /// <summary>The last line that belongs to it.</summary>
    public int EndIndex { get; }
    public bool Unreleased => Version is null;
    public bool IsEmpty => Notes.Count == 0;
}

using System.Runtime.InteropServices;
using System.Text;

namespace Tidegate.LocalCloud.Processes;

/// <summary>A program to start: no shell, only this environment, output into a file, in a session of its own.</summary>
/// <param name="Output">Appended to. It outlives the cloud, as the process does, so nothing it says is lost or blocks it.</param>
/// <param name="Close">Descriptors that the child must not inherit.</param>
internal sealed record Spawn(
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string Folder,
    string Output,
    IReadOnlyList<int> Close)
{
    /// <summary>Larger than posix_spawn's opaque structures are in glibc and musl.</summary>
    private const int Opaque = 512;

    /// <exception cref="IOException">The program cannot be started; the message says why.</exception>
    /// <returns>The process id, which is also its group's and its session's.</returns>
    public unsafe int Start()
    {
        const short defaultSignals = 0x04, signalMask = 0x08, newSession = 0x80;
        const int readOnly = 0, appendAndCreate = 0x1 | 0x40 | 0x400;
        const uint onlyMine = 0x180;

        void* actions = stackalloc byte[Opaque];
        void* attributes = stackalloc byte[Opaque];
        void* signals = stackalloc byte[Opaque];
        Check(Native.ActionsInit(actions));
        Check(Native.AttributesInit(attributes));
        try
        {
            Check(Native.ActionsFolder(actions, Folder));
            Check(Native.ActionsOpen(actions, 0, "/dev/null", readOnly, 0));
            Check(Native.ActionsOpen(actions, 1, Output, appendAndCreate, onlyMine));
            Check(Native.ActionsDuplicate(actions, 1, 2));
            foreach (var descriptor in Close) Check(Native.ActionsClose(actions, descriptor));

            // .NET ignores SIGPIPE and blocks others for itself; the child begins as any program does.
            _ = Native.AllSignals(signals);
            Check(Native.AttributesDefaultSignals(attributes, signals));
            _ = Native.NoSignals(signals);
            Check(Native.AttributesSignalMask(attributes, signals));
            Check(Native.AttributesFlags(attributes, defaultSignals | signalMask | newSession));
            return Start(actions, attributes);
        }
        finally
        {
            _ = Native.ActionsDestroy(actions);
            _ = Native.AttributesDestroy(attributes);
        }
    }

    private unsafe int Start(void* actions, void* attributes)
    {
        using var texts = new Texts();
        var path = texts.Add(Program);
        var arguments = texts.AddAll([Program, .. Arguments]);
        var environment = texts.AddAll(Environment.Select(e => $"{e.Key}={e.Value}"));
        int pid;
        Check(Native.Spawn(&pid, path, actions, attributes, arguments, environment));
        return pid;
    }

    private void Check(int error)
    {
        if (error != 0) throw new IOException($"{Program} cannot be started in {Folder}: {Native.Describe(error)}.");
    }

    /// <summary>Zero-terminated texts outside the managed heap.</summary>
    private sealed unsafe class Texts : IDisposable
    {
        private readonly List<nint> _held = [];

        public byte* Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text + '\0');
            var memory = Hold(bytes.Length);
            bytes.CopyTo(new Span<byte>((void*)memory, bytes.Length));
            return (byte*)memory;
        }

        public byte** AddAll(IEnumerable<string> texts)
        {
            var all = texts.ToList();
            var list = (byte**)Hold((all.Count + 1) * sizeof(byte*));
            for (var i = 0; i < all.Count; i++) list[i] = Add(all[i]);
            list[all.Count] = null;
            return list;
        }

        public void Dispose()
        {
            foreach (var memory in _held) NativeMemory.Free((void*)memory);
        }

        private nint Hold(int bytes)
        {
            var memory = (nint)NativeMemory.Alloc((nuint)bytes);
            _held.Add(memory);
            return memory;
        }
    }
}

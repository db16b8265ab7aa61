using Nuke.Common.IO;

namespace Nuke.Common.Utilities;

/// <summary>The content of an answer as a file: whole, or not there.</summary>
internal static class Download
{
    public static async Task ToFile(HttpResponseMessage response, AbsolutePath path, FileMode mode)
    {
        path.Parent.CreateDirectory();
        var file = new FileStream(path, mode, FileAccess.Write);
        try
        {
            await using (file.ConfigureAwait(false))
                await response.Content.CopyToAsync(file).ConfigureAwait(false);
        }
        catch when (mode is FileMode.Create or FileMode.CreateNew)
        {
            path.DeleteFile();
            throw;
        }
    }
}

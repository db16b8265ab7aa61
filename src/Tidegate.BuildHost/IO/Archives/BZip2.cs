using ICSharpCode.SharpZipLib.BZip2;

namespace Tidegate.BuildHost.Archives;

/// <summary>The one compression that .NET lacks. Apart from the rest, so that its library is loaded only where it is used.</summary>
internal static class BZip2
{
    public static Stream Compressing(Stream output) => new BZip2OutputStream(output);

    public static Stream Decompressing(Stream input) => new BZip2InputStream(input);
}

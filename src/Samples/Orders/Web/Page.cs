using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orders.Web;

/// <summary>The page at <c>/</c>: one embedded file, nothing from elsewhere, and a policy that lets the browser hold it to that.</summary>
internal static partial class Page
{
    public static void MapPage(this WebApplication app)
    {
        var page = Load();
        var policy = Policy(page);
        var bytes = Encoding.UTF8.GetBytes(page);
        app.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return TypedResults.Bytes(bytes, "text/html; charset=utf-8");
        });
    }

    private static string Load()
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("page.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Only the script and the style that are in the page itself, each named by its hash.</summary>
    private static string Policy(string page) =>
        $"default-src 'none'; connect-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
        + $"style-src '{Hash(Style().Match(page))}'; script-src '{Hash(Script().Match(page))}'";

    private static string Hash(Match block) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block.Groups[1].Value)));

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}

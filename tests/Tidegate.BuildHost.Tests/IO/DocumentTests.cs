using System.Net;
using System.Net.Sockets;
using System.Xml.Linq;
using Nuke.Common.IO;
using Nuke.Common.Utilities;
using Nuke.Common.Utilities.Net;

namespace Tidegate.BuildHost.Tests.IO;

public sealed class Settings
{
    public int Level { get; set; }
}

public sealed class DocumentTests : IDisposable
{
    private readonly AbsolutePath _root = Directory.CreateTempSubdirectory("documents-").FullName;

    public void Dispose() => _root.DeleteDirectory();

    [Fact]
    public void JSON_is_read_changed_and_written_as_objects_and_as_trees()
    {
        var file = (_root / "a" / "settings.json").WriteJson(new Settings { Level = 3 });

        file.UpdateJson<Settings>(settings => settings.Level++);
        file.UpdateJson(tree => tree["Name"] = "app");

        file.ReadJson<Settings>().Level.ShouldBe(4);
        file.ReadJson().GetPropertyStringValue("Name").ShouldBe("app");
        file.ReadJson().GetPropertyValueOrNull<string>("Missing").ShouldBeNull();
        Should.Throw<ArgumentException>(() => file.ReadJson().GetPropertyValue<int>("Missing")).Message.ShouldContain("no property 'Missing'");
    }

    [Fact]
    public void XML_values_are_read_and_set_by_path_and_the_rest_stays()
    {
        var file = _root / "app.csproj";
        File.WriteAllText(file, "<Project a=\"1\">\n  <!-- kept -->\n  <Version>1</Version>\n  <Item n=\"x\" />\n  <Item n=\"y\" />\n</Project>");

        XmlTasks.XmlPoke(file, "/Project/Version", "2");
        XmlTasks.XmlPoke(file, "/Project/@a", 5);

        XmlTasks.XmlPeekSingle(file, "//Version").ShouldBe("2");
        XmlTasks.XmlPeek(file, "//Item/@n").ShouldBe(["x", "y"]);
        XmlTasks.XmlPeekSingle(file, "//Nothing").ShouldBeNull();
        File.ReadAllText(file).ShouldContain("a=\"5\">\n  <!-- kept -->");
        Should.Throw<InvalidOperationException>(() => XmlTasks.XmlPoke(file, "//Item", "z")).Message.ShouldContain("more than one thing");
        Should.Throw<InvalidOperationException>(() => XmlTasks.XmlPoke(file, "//Nothing", "z")).Message.ShouldContain("selects nothing");
    }

    [Fact]
    public void XML_namespaces_are_given_with_the_expression() =>
        XmlTasks.XmlPeekFromString("<a xmlns=\"urn:x\"><b>1</b></a>", "//n:b", ("n", "urn:x")).ShouldBe(["1"]);

    [Fact]
    public void XML_is_read_changed_and_written_as_objects_and_as_documents()
    {
        var file = (_root / "settings.xml").WriteXml(new Settings { Level = 3 });

        file.UpdateXml<Settings>(settings => settings.Level++);
        file.UpdateXml(document => document.Root!.SetAttributeValue("name", "app"));

        file.ReadXml<Settings>().Level.ShouldBe(4);
        file.ReadXml().Root!.GetAttributeValue("name").ShouldBe("app");
        new XElement("a", new XAttribute("b", 1)).XPathSelectAttributeValues("@b").ShouldBe(["1"]);
    }

    [Fact]
    public async Task Downloads_are_whole_or_not_there()
    {
        using var server = Serve(out var address);
        var answering = Task.Run(() => Answer(server, 4), TestContext.Current.CancellationToken);

        HttpTasks.HttpDownloadString($"{address}text").ShouldBe("hello");
        HttpTasks.HttpDownloadFile($"{address}text", _root / "deep" / "file.txt");
        Should.Throw<HttpRequestException>(() => HttpTasks.HttpDownloadFile($"{address}missing", _root / "missing.txt"));
        Should.Throw<IOException>(() => HttpTasks.HttpDownloadFile($"{address}text", _root / "deep" / "file.txt"));
        await answering;

        (_root / "deep" / "file.txt").ReadAllText().ShouldBe("hello");
        (_root / "missing.txt").FileExists().ShouldBeFalse();
    }

    [Fact]
    public async Task Requests_are_put_together_and_their_answers_asserted()
    {
        using var server = Serve(out var address);
        using var client = new HttpClient();
        var answering = Task.Run(() => Answer(server, 2), TestContext.Current.CancellationToken);

        var good = client.CreateRequest(HttpMethod.Post, address, "/echo").WithBearerAuthentication("t").WithJsonContent(new { Level = 3 }).GetResponse();
        var bad = await client.CreateRequest(HttpMethod.Get, $"{address}missing").GetResponseAsync(TestContext.Current.CancellationToken);
        await answering;

        (await good.AssertSuccessfulStatusCode().GetBodyAsJson<Settings>()).Level.ShouldBe(3);
        Should.Throw<HttpResponseException>(() => bad.AssertSuccessfulStatusCode()).Message.ShouldContain("missing answered 404");
        Should.Throw<HttpResponseException>(() => bad.AssertStatusCode(HttpStatusCode.OK)).Message.ShouldContain("404, not 200");
    }

    private static HttpListener Serve(out string address)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        var server = new HttpListener();
        server.Prefixes.Add(address);
        server.Start();
        return server;
    }

    private static async Task Answer(HttpListener server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var context = await server.GetContextAsync();
            context.Response.StatusCode = context.Request.Url!.AbsolutePath == "/missing" ? 404 : 200;
            if (context.Request.Url.AbsolutePath == "/text")
                await context.Response.OutputStream.WriteAsync("hello"u8.ToArray());
            else if (context.Request.Url.AbsolutePath == "/echo" && context.Request.Headers["Authorization"] == "Bearer t")
                await context.Request.InputStream.CopyToAsync(context.Response.OutputStream);
            context.Response.Close();
        }
    }
}

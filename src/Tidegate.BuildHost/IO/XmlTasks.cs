using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using Nuke.Common.Utilities;

namespace Nuke.Common.IO;

/// <summary>Reads and changes values in XML files by XPath.</summary>
public static class XmlTasks
{
    /// <summary>The texts of the elements or attributes that the expression selects.</summary>
    public static IEnumerable<string> XmlPeek(string path, string xpath, params (string prefix, string uri)[] namespaces) => Texts(XDocument.Load(path), xpath, namespaces);

    public static IEnumerable<string> XmlPeekFromString(string content, string xpath, params (string prefix, string uri)[] namespaces) =>
        Texts(XDocument.Parse(content), xpath, namespaces);

    /// <summary>The only one; null when there is none.</summary>
    public static string XmlPeekSingle(string path, string xpath, params (string prefix, string uri)[] namespaces) => XmlPeek(path, xpath, namespaces).SingleOrDefault();

    /// <inheritdoc cref="XmlPeekSingle"/>
    public static string XmlPeekSingleFromString(string content, string xpath, params (string prefix, string uri)[] namespaces) =>
        XmlPeekFromString(content, xpath, namespaces).SingleOrDefault();

    public static IEnumerable<XElement> XmlPeekElements(string path, string xpath, params (string prefix, string uri)[] namespaces) =>
        XDocument.Load(path).XPathSelectElements(xpath, namespaces);

    public static IEnumerable<XElement> XmlPeekElementsFromString(string content, string xpath, params (string prefix, string uri)[] namespaces) =>
        XDocument.Parse(content).XPathSelectElements(xpath, namespaces);

    /// <summary>Sets the only element or attribute that the expression selects; the rest of the file stays as it is.</summary>
    public static void XmlPoke(string path, string xpath, object value, params (string prefix, string uri)[] namespaces) =>
        XmlPoke(path, xpath, value, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), namespaces);

    /// <inheritdoc cref="XmlPoke(string, string, object, ValueTuple{string, string}[])"/>
    public static void XmlPoke(string path, string xpath, object value, Encoding encoding, params (string prefix, string uri)[] namespaces)
    {
        var document = XDocument.Load(path, LoadOptions.PreserveWhitespace);
        var found = Select(document, xpath, namespaces).Take(2).ToArray();
        switch (found)
        {
            case [XElement element]:
                element.SetValue(value);
                break;
            case [XAttribute attribute]:
                attribute.SetValue(value);
                break;
            default:
                throw new InvalidOperationException($"'{xpath}' selects {(found.Length == 0 ? "nothing" : "more than one thing")} in {path}; it must select one element or attribute.");
        }

        using var writer = XmlWriter.Create(path, new XmlWriterSettings { OmitXmlDeclaration = document.Declaration is null, Encoding = encoding });
        document.Save(writer);
    }

    private static IEnumerable<string> Texts(XDocument document, string xpath, (string Prefix, string Uri)[] namespaces) =>
        Select(document, xpath, namespaces).Select(static found => (found as XElement)?.Value ?? ((XAttribute)found).Value);

    internal static IEnumerable<XObject> Select(XNode node, string xpath, (string Prefix, string Uri)[] namespaces)
    {
        var names = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, uri) in namespaces)
            names.AddNamespace(prefix, uri);
        return ((IEnumerable<object>)node.XPathEvaluate(xpath, names)).OfType<XObject>().Where(static found => found is XElement or XAttribute);
    }
}

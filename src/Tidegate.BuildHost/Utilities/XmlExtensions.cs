using System.Xml.Linq;
using System.Xml.Serialization;
using Nuke.Common.IO;

namespace Nuke.Common.Utilities;

/// <summary>XML files as documents, or as objects through the XML serializer.</summary>
public static class XmlExtensions
{
    public static XDocument ReadXml(this AbsolutePath path, LoadOptions options = LoadOptions.PreserveWhitespace) => XDocument.Load(path, options);

    public static T ReadXml<T>(this AbsolutePath path, LoadOptions options = LoadOptions.PreserveWhitespace) => path.ReadAllText().GetXml<T>(options);

    public static T GetXml<T>(this string content, LoadOptions options = LoadOptions.PreserveWhitespace)
    {
        using var reader = XDocument.Parse(content, options).CreateReader();
        return (T)new XmlSerializer(typeof(T)).Deserialize(reader);
    }

    public static AbsolutePath WriteXml(this AbsolutePath path, XDocument obj, SaveOptions options = SaveOptions.None)
    {
        path.Parent.CreateDirectory();
        obj.Save(path, options);
        return path;
    }

    public static AbsolutePath WriteXml<T>(this AbsolutePath path, T obj, SaveOptions options = SaveOptions.None) => path.WriteXml(Document(obj), options);

    public static string ToXml<T>(this T obj, SaveOptions options = SaveOptions.None) => Document(obj).ToString(options);

    public static AbsolutePath UpdateXml(
        this AbsolutePath path, Action<XDocument> update, LoadOptions loadOptions = LoadOptions.PreserveWhitespace, SaveOptions saveOptions = SaveOptions.None)
    {
        var document = path.ReadXml(loadOptions);
        update(document);
        return path.WriteXml(document, saveOptions);
    }

    public static AbsolutePath UpdateXml<T>(
        this AbsolutePath path, Action<T> update, LoadOptions loadOptions = LoadOptions.PreserveWhitespace, SaveOptions saveOptions = SaveOptions.None)
    {
        var value = path.ReadXml<T>(loadOptions);
        update(value);
        return path.WriteXml(value, saveOptions);
    }

    private static XDocument Document<T>(T value)
    {
        var document = new XDocument();
        using (var writer = document.CreateWriter())
            new XmlSerializer(typeof(T)).Serialize(writer, value);
        return document;
    }
}

public static class XElementExtensions
{
    /// <summary>Null when there is no such attribute.</summary>
    public static string GetAttributeValue(this XElement element, string name) => element.Attribute(name)?.Value;
}

public static class XNodeExtensions
{
    public static IEnumerable<XElement> XPathSelectElements(this XNode node, string query, params (string prefix, string uri)[] namespaces) =>
        XmlTasks.Select(node, query, namespaces).OfType<XElement>();

    public static IEnumerable<XAttribute> XPathSelectAttributes(this XNode node, string query, params (string prefix, string uri)[] namespaces) =>
        XmlTasks.Select(node, query, namespaces).OfType<XAttribute>();

    public static IEnumerable<string> XPathSelectElementValues(this XNode node, string query, params (string prefix, string uri)[] namespaces) =>
        node.XPathSelectElements(query, namespaces).Select(static element => element.Value);

    public static IEnumerable<string> XPathSelectAttributeValues(this XNode node, string query, params (string prefix, string uri)[] namespaces) =>
        node.XPathSelectAttributes(query, namespaces).Select(static attribute => attribute.Value);
}

using System.Text;
using System.Text.Json;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Utilities;
using Serilog;
using Tidegate.BuildHost.Parameters;

namespace Tidegate.BuildHost.Execution;

/// <summary><c>.nuke/build.schema.json</c>: what editors offer in parameters files. Written after a run, when the build is newer.</summary>
internal static class SchemaFile
{
    public static int Write(BuildSession session, IReadOnlyCollection<ExecutableTarget> targets)
    {
        var path = PathIn(session.RootDirectory);
        Replace(path, Text(session, targets));
        session.Out.WriteLine($"Written: {path}");
        return ExitCodes.Succeeded;
    }

    public static void WriteIfOutdated(BuildSession session, IReadOnlyCollection<ExecutableTarget> targets)
    {
        if (!session.Host.GetType().IsAssignableTo(typeof(Terminal)) || session.TryGetRootDirectory() is not { } root || session.BuildAssemblyFile is not { } assembly)
            return;
        var path = PathIn(root);
        if (!(root / ".nuke").DirectoryExists() || (path.FileExists() && path.GetLastWriteTimeUtc() >= assembly.GetLastWriteTimeUtc()))
            return;
        try
        {
            Replace(path, Text(session, targets));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.Debug("The schema could not be written: {Reason:l}", exception.Message);
        }
    }

    private static AbsolutePath PathIn(AbsolutePath root) => root / ".nuke" / "build.schema.json";

    private static void Replace(AbsolutePath path, byte[] text)
    {
        if (path.FileExists() && File.ReadAllBytes(path).AsSpan().SequenceEqual(text))
        {
            path.TouchFile();
            return;
        }

        var draft = path.Parent / $"{path.Name}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(draft, text);
        File.Move(draft, path, overwrite: true);
    }

    private static byte[] Text(BuildSession session, IReadOnlyCollection<ExecutableTarget> targets)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-04/schema#");
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var parameter in session.Catalog.Parameters.DistinctBy(parameter => parameter.FullName))
                WriteParameter(json, parameter);
            foreach (var (name, description) in BuiltIns.All)
                WriteBuiltIn(json, name, description, targets);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        text.Write(Encoding.UTF8.GetBytes(Environment.NewLine));
        return text.ToArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, ParameterDeclaration parameter)
    {
        json.WriteStartObject(parameter.FullName);
        if (parameter.Attribute.Description is { } description)
            json.WriteString("description", description);
        if (parameter.Type.IsArray)
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            WriteType(json, parameter.Type.GetElementType());
            json.WriteEndObject();
        }
        else
        {
            WriteType(json, parameter.Type.GetScalarType());
        }

        if (parameter.IsSecret)
            json.WriteString("default", "A secret: set the variable " + ParameterName.Variable(parameter.FullName));
        json.WriteEndObject();
    }

    private static void WriteBuiltIn(Utf8JsonWriter json, string name, string description, IEnumerable<ExecutableTarget> targets)
    {
        json.WriteStartObject(name);
        json.WriteString("description", description);
        if (name is "Target" or "Skip")
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            json.WriteString("type", "string");
            WriteTexts(json, targets.Where(target => target.Listed).Select(target => target.Name));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, Type scalar)
    {
        switch (Type.GetTypeCode(scalar.IsEnum ? typeof(string) : scalar))
        {
            case TypeCode.Boolean:
                json.WriteString("type", "boolean");
                break;
            case TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64:
                json.WriteString("type", "integer");
                break;
            case TypeCode.Double or TypeCode.Single or TypeCode.Decimal:
                json.WriteString("type", "number");
                break;
            default:
                if (ValueConverter.AllowedTexts(scalar) is { } texts)
                    WriteTexts(json, texts);
                break;
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray("enum");
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}

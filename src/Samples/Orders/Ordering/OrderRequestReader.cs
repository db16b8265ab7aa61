using System.Text.Json;

namespace Orders.Ordering;

/// <summary>Reads an order request strictly: unknown, missing and ill-typed members are problems, and all are found at once.</summary>
internal static class OrderRequestReader
{
    public const int LongestCustomer = 80;
    public const int LongestSku = 20;
    public const int MostLines = 20;
    public const int MostOfOneProduct = 99;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <returns>The request, and no problem; or at least one problem, and a request that must not be used.</returns>
    public static async Task<(OrderRequest Request, IReadOnlyList<RequestProblem> Problems)> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var problems = new List<RequestProblem>();
        try
        {
            using var document = await JsonDocument.ParseAsync(body, Strict, cancellationToken);
            return (Request(document.RootElement, problems), problems);
        }
        catch (JsonException exception)
        {
            problems.Add(new RequestProblem("$", $"The body is not valid JSON (line {exception.LineNumber + 1 ?? 1}), or has a member twice."));
        }
        catch (InvalidOperationException) // half of a surrogate pair: JSON by its grammar, but no text
        {
            problems.Add(new RequestProblem("$", "The body has a text that is not valid Unicode."));
        }
        return (new OrderRequest("", []), problems);
    }

    private static OrderRequest Request(JsonElement root, List<RequestProblem> problems)
    {
        if (!IsObject(root, "$", ["customer", "lines"], problems)) return new OrderRequest("", []);
        return new OrderRequest(
            Text(root, "customer", "customer", LongestCustomer, problems),
            Lines(root, problems));
    }

    private static List<RequestedLine> Lines(JsonElement root, List<RequestProblem> problems)
    {
        var lines = new List<RequestedLine>();
        if (!root.TryGetProperty("lines", out var array) || array.ValueKind != JsonValueKind.Array
            || array.GetArrayLength() is < 1 or > MostLines)
        {
            problems.Add(new RequestProblem("lines", $"Give a list of 1 to {MostLines} lines."));
            return lines;
        }

        foreach (var element in array.EnumerateArray())
        {
            var where = $"lines[{lines.Count}]";
            var line = IsObject(element, where, ["sku", "quantity"], problems)
                ? new RequestedLine(Text(element, "sku", $"{where}.sku", LongestSku, problems), Quantity(element, where, problems))
                : new RequestedLine("", 0);
            if (line.Sku.Length > 0 && lines.Exists(other => other.Sku == line.Sku))
                problems.Add(new RequestProblem($"{where}.sku", $"'{line.Sku}' is in an earlier line already. Put all of it in one line."));
            lines.Add(line);
        }
        return lines;
    }

    private static int Quantity(JsonElement line, string where, List<RequestProblem> problems)
    {
        if (line.TryGetProperty("quantity", out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var quantity) && quantity is >= 1 and <= MostOfOneProduct) return quantity;
        problems.Add(new RequestProblem($"{where}.quantity", $"Give a whole number from 1 to {MostOfOneProduct}."));
        return 0;
    }

    private static string Text(JsonElement holder, string member, string where, int longest, List<RequestProblem> problems)
    {
        if (holder.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString()!.Trim() is { } text && text.Length >= 1 && text.Length <= longest && !text.Any(char.IsControl)) return text;
        problems.Add(new RequestProblem(where, $"Give a text of 1 to {longest} characters."));
        return "";
    }

    private static bool IsObject(JsonElement element, string where, string[] known, List<RequestProblem> problems)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new RequestProblem(where, $"Give an object with {string.Join(" and ", known)}."));
            return false;
        }
        foreach (var name in element.EnumerateObject().Select(member => member.Name).Where(name => !known.Contains(name)))
            problems.Add(new RequestProblem(where == "$" ? name : $"{where}.{name}", $"Unknown. Known here: {string.Join(", ", known)}."));
        return true;
    }
}

using System.Collections;

namespace Tidegate.BuildHost.Logs;

/// <summary>Values that nobody may read, and the text without them. Everything that the host writes goes through it.</summary>
internal sealed class SecretMask
{
    private const string Shown = "[REDACTED]";
    private volatile string[] _secrets = [];

    public static SecretMask Shared { get; } = new();

    public bool IsEmpty => _secrets.Length == 0;

    /// <summary>Is told of every secret that was not known yet, line by line, before anything is done with it.</summary>
    public Action<string> Told { get; set; }

    /// <summary>Each line of a longer secret is hidden on its own too, as it would be printed.</summary>
    public void Add(string secret)
    {
        if (string.IsNullOrWhiteSpace(secret))
            return;
        const int worthHiding = 8;
        var lines = secret.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line.Length >= worthHiding);
        string[] unknown;
        lock (Shared)
        {
            unknown = [.. lines.Append(secret).Distinct().Except(_secrets)];
            _secrets = [.. _secrets.Concat(unknown).OrderByDescending(text => text.Length)];
        }

        foreach (var text in unknown)
            Told?.Invoke(text);
    }

    public void AddAll(IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
            Add(secret);
    }

    public void AddValue(object value)
    {
        if (value is IEnumerable items and not string)
            AddAll(items.Cast<object>().Select(item => item?.ToString()));
        else
            Add(value?.ToString());
    }

    /// <summary>How many letters at the end could be the first ones of a secret.</summary>
    public int LengthOfBeginning(string text)
    {
        var longest = 0;
        foreach (var secret in _secrets)
        {
            for (var length = Math.Min(secret.Length - 1, text.Length); length > longest; length--)
            {
                if (text.EndsWith(secret[..length], StringComparison.Ordinal))
                    longest = length;
            }
        }

        return longest;
    }

    public string Apply(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Shown, StringComparison.Ordinal);
        return text;
    }
}

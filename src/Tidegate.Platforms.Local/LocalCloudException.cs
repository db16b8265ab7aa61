namespace Tidegate.Platforms.Local;

/// <summary>The embedded platform cannot be used; the message says why and what to do.</summary>
public sealed class LocalCloudException(string message, Exception? inner = null) : Exception(message, inner);

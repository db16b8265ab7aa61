namespace Orders.Storage;

/// <summary>A stored order that this release cannot read.</summary>
internal sealed class UnreadableOrderException(string because, Exception? inner = null)
    : Exception($"The stored order cannot be read: {because}.", inner);

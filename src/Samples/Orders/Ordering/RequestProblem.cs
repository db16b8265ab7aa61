namespace Orders.Ordering;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Where">The path of the member, such as <c>lines[1].quantity</c>; <c>$</c> is the whole body.</param>
/// <param name="What">What is wrong and what would be right.</param>
internal sealed record RequestProblem(string Where, string What);

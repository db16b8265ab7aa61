namespace Tidegate;

/// <summary>What no test can do better: the fewest failed requests, and the least time, that any test with this budget needs.</summary>
/// <remarks>Wald's bound: a test that is wrong with a chance of at most α needs ln(1/α)/KL observations in the mean.</remarks>
public static class PhysicalFloor
{
    /// <summary>Attributable failures before a verdict, as the candidate's weight goes to zero.</summary>
    public static double BadRequests(double usual, double faulty, double alpha) =>
        (faulty - usual) * Math.Log(1 / alpha) / ((faulty * Math.Log(faulty / usual)) - faulty + usual);

    /// <summary>Nats of evidence per second at weight <paramref name="weight"/>.</summary>
    public static double InformationPerSecond(double requestsPerSecond, double weight, double usual, double faulty)
    {
        var rate = (weight * faulty) + ((1 - weight) * usual);
        var share = weight * faulty / rate;
        var divergence = (share * Math.Log(share / weight)) + ((1 - share) * Math.Log((1 - share) / (1 - weight)));
        return requestsPerSecond * rate * divergence;
    }

    /// <summary>Half-width of a band around a quantile's probability that stays valid at every look.</summary>
    /// <remarks>Howard and Ramdas, Bernoulli 28(3), 2022, arXiv 1906.09712; the rival of counting beyond fixed edges, for comparison.</remarks>
    public static double QuantileBand(double observations, double probability, double alpha)
    {
        var l = ((1.4 * Math.Log(Math.Log(2.1 * observations))) + Math.Log(10 / alpha)) / observations;
        return (1.5 * Math.Sqrt(probability * (1 - probability) * l)) + (0.8 * l);
    }
}

namespace Gradus.Repo.Tests;

/// <summary>Layers, losses and optimizers that tests/compare-torch does not try, each with its reason. Their specs hold them against plain references all the same.</summary>
internal static class NotComparedNetwork
{
    private const string NotThere = "PyTorch has none";
    private const string Newer = "newer than PyTorch 1.13";

    public static readonly IReadOnlyDictionary<string, string> Why = new Dictionary<string, string>
    {
        ["GroupedQueryAttention"] = NotThere,
        ["Perceptron"] = NotThere,
        ["RmsNorm"] = Newer,
        ["RotaryPositions"] = NotThere,
        ["SinusoidalPositions"] = NotThere,
        ["SwiGlu"] = NotThere,
        ["Dice"] = NotThere,
        ["Focal"] = NotThere,
        ["HalfSumOfSquares"] = NotThere,
        ["LogCosh"] = NotThere,
        ["RegularizedLogistic"] = NotThere,
        ["Adafactor"] = Newer,
        ["Lamb"] = NotThere,
        ["Lion"] = NotThere,
        ["Muon"] = Newer,
    };
}

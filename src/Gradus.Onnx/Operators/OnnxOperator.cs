namespace Gradus.Onnx;

/// <summary>A row of the table of operators: what an operator of ONNX computes, from a version on to that of the next row of its name.</summary>
/// <param name="Name">The operator's name.</param>
/// <param name="Since">The first version of the domain's operators that the row is for.</param>
/// <param name="Evaluate">Computes the outputs by Tensor arithmetic, which differentiates itself.</param>
internal sealed record OnnxOperator(string Name, int Since, Func<OnnxCall, OnnxResults> Evaluate)
{
    /// <summary>
    /// Inputs that are settings rather than weights: the bounds of a clip, the sizes of a window. A constant that only such inputs read is not trained.
    /// </summary>
    public int[] Settings { get; init; } = [];

    /// <summary>The last version that the row is for; all later ones by default.</summary>
    public int Until { get; init; } = int.MaxValue;

    /// <summary>Whether it draws random numbers, which no two programs draw alike.</summary>
    public bool IsRandom { get; init; }

    /// <summary>Says before anything runs what of a node is not supported; null where all is.</summary>
    public Func<OnnxCall, string?>? Refuses { get; init; }
}

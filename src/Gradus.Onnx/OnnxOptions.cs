namespace Gradus.Onnx;

/// <summary>How a model of ONNX is loaded.</summary>
public sealed record OnnxOptions
{
    private Dictionary<(string Domain, string Name), OnnxOperator> _operators = [];

    /// <summary>Operators of ONNX's own and no others.</summary>
    public static OnnxOptions Default { get; } = new();

    /// <summary>
    /// Whether nodes may draw random numbers, by the model's own stream: they are others than those of the program that wrote the file. Default false.
    /// </summary>
    public bool AllowsRandom { get; init; }

    /// <summary>Whether constants without numbers become zeros, which are loaded later.</summary>
    internal bool MayLackWeights { get; init; }

    /// <summary>These options with an operator of your own, or in the place of one that is there.</summary>
    /// <param name="domain">Its domain; empty for ONNX's own.</param>
    /// <param name="name">Its name.</param>
    /// <param name="compute">Computes its outputs by Tensor arithmetic, which differentiates itself. It is to keep nothing of what it computes.</param>
    public OnnxOptions With(string domain, string name, Func<OnnxCall, OnnxResults> compute)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(compute);
        return this with
        {
            _operators = new Dictionary<(string, string), OnnxOperator>(_operators)
            {
                [(domain == "ai.onnx" ? "" : domain, name)] = new OnnxOperator(name, 1, compute),
            },
        };
    }

    internal OnnxOperator? Find(string domain, string name) => _operators.GetValueOrDefault((domain, name));
}

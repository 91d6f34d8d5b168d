namespace Gradus.Nn;

/// <summary>The parameters of one recurrent layer in one direction, or of one cell, all uniform in ±1/√hidden at first.</summary>
internal sealed class RecurrentWeights
{
    private readonly int _gates;

    public RecurrentWeights(int gates, PendingShape inputWeight, int hidden, bool bias, int? projection = null)
    {
        var init = Init.InverseSquareRoot(hidden);
        _gates = Shape.Size((long)gates * hidden, "recurrent");
        InputWeight = new Parameter(inputWeight, init);
        HiddenWeight = new Parameter([_gates, projection ?? hidden], init);
        if (projection is { } size) Projection = new Parameter([size, hidden], init);
        if (!bias) return;
        InputBias = new Parameter([_gates], init);
        HiddenBias = new Parameter([_gates], init);
    }

    /// <summary>[gates · hidden, inputs].</summary>
    public Parameter InputWeight { get; }

    /// <summary>[gates · hidden, outputs].</summary>
    public Parameter HiddenWeight { get; }

    /// <summary>[gates · hidden], or null.</summary>
    public Parameter? InputBias { get; }

    /// <summary>[gates · hidden], or null.</summary>
    public Parameter? HiddenBias { get; }

    /// <summary>What makes the output of the state, [outputs, hidden], or null where they are one.</summary>
    public Parameter? Projection { get; }

    /// <summary>Both biases, for kernels that add some: zeros where there are none.</summary>
    public (Tensor Input, Tensor Hidden) Biases(DType dtype)
    {
        if (InputBias is not null) return (InputBias, HiddenBias!);
        var zeros = Tensor.Zeros([_gates], dtype);
        return (zeros, zeros);
    }
}

namespace Gradus.Nn;

/// <summary>The parameters of one recurrent layer in one direction, or of one cell, all uniform in ±1/√hidden at first.</summary>
internal sealed class RecurrentWeights
{
    public RecurrentWeights(int gates, PendingShape inputWeight, int hidden, bool bias)
    {
        var init = Init.InverseSquareRoot(hidden);
        InputWeight = new Parameter(inputWeight, init);
        HiddenWeight = new Parameter([gates * hidden, hidden], init);
        if (!bias) return;
        InputBias = new Parameter([gates * hidden], init);
        HiddenBias = new Parameter([gates * hidden], init);
    }

    /// <summary>[gates · hidden, inputs].</summary>
    public Parameter InputWeight { get; }

    /// <summary>[gates · hidden, hidden].</summary>
    public Parameter HiddenWeight { get; }

    /// <summary>[gates · hidden], or null.</summary>
    public Parameter? InputBias { get; }

    /// <summary>[gates · hidden], or null.</summary>
    public Parameter? HiddenBias { get; }
}

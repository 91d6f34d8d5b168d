namespace Gradus.Nn;

/// <summary>The function between the two products of a transformer's feed-forward part.</summary>
public enum FeedForwardActivation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x·Φ(x), the exact form.</summary>
    Gelu,

    /// <summary>x·Φ(x), Φ by tanh, as <see cref="Tensor.GeluTanh"/> has it.</summary>
    GeluTanh,

    /// <summary>x·σ(x).</summary>
    Silu,
}

/// <summary>The functions by their names.</summary>
internal static class FeedForwardActivations
{
    public static Tensor Activate(this Tensor x, FeedForwardActivation activation) => activation switch
    {
        FeedForwardActivation.Gelu => x.Gelu(),
        FeedForwardActivation.GeluTanh => x.GeluTanh(),
        FeedForwardActivation.Silu => x.Silu(),
        _ => x.Relu(),
    };
}

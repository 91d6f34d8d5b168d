namespace Gradus.Nn;

/// <summary>A gated feed-forward part: down(silu(gate(x))·up(x)): […, width] → […, width]. Shazeer, "GLU variants improve transformer", 2020.</summary>
public sealed class SwiGlu : Layer<Tensor, Tensor>
{
    /// <summary>A layer.</summary>
    /// <param name="width">The size of the input's and output's last axis.</param>
    /// <param name="hidden">
    /// The size between. Default: 8/3 of the width, up to a multiple of 8, which has as many parameters as a plain part of four times the width.
    /// </param>
    /// <param name="bias">Whether there are biases. Default false.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public SwiGlu(int width, int? hidden = null, bool bias = false)
    {
        var size = hidden ?? (((width * 8) + 23) / 24 * 8);
        GateProj = new Linear(width, size, bias);
        UpProj = new Linear(width, size, bias);
        DownProj = new Linear(size, width, bias);
    }

    /// <summary>The gate's product.</summary>
    public Linear GateProj { get; set => field = Register(value); }

    /// <summary>The product that is gated.</summary>
    public Linear UpProj { get; set => field = Register(value); }

    /// <summary>The product back to the width.</summary>
    public Linear DownProj { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => DownProj.Forward(GateProj.Forward(input).Silu() * UpProj.Forward(input));
}

namespace Gradus.Nn;

/// <summary>One number from each window of lines, images or volumes: what the pooling layers share.</summary>
public abstract class Pooling : Layer<Tensor, Tensor>
{
    private readonly int _axes;
    private readonly string _windows;

    private protected Pooling(int axes, string windows) => (_axes, _windows) = (axes, windows);

    /// <summary>Whether the last window may reach beyond the padding, as long as it begins before: sizes are rounded up. Default: false.</summary>
    public bool CeilMode { get; init; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Pool(Expect.Spatial(_axes, input));

    /// <inheritdoc/>
    protected override string Describe() => _windows + (CeilMode ? ", sizes rounded up" : "");

    /// <summary>The pooling itself, of an input that has the axes.</summary>
    private protected abstract Tensor Pool(Tensor input);
}

namespace Gradus.Nn;

/// <summary>More positions around lines, images or volumes: what the padding layers share.</summary>
public abstract class Padding : Layer<Tensor, Tensor>
{
    private readonly (int Before, int After)[] _widths;
    private readonly PadMode _mode;
    private readonly double? _value;

    private protected Padding(PadMode mode, (int Before, int After)[] widths, double? value = null) => (_mode, _widths, _value) = (mode, widths, value);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.Spatial(_widths.Length, input).Pad(_widths, _mode, _value ?? 0);

    /// <summary>The widths in PyTorch's order, the last axis first; in pairs where they are given so.</summary>
    protected override string Describe() =>
        string.Join(", ", _widths.Reverse().Select(Text)) +
        (_value is { } value ? FormattableString.Invariant($", value {value}") : "");

    private string Text((int Before, int After) width)
    {
        var pair = FormattableString.Invariant($"{width.Before}, {width.After}");
        return _widths.Length == 3 ? $"({pair})" : pair;
    }
}

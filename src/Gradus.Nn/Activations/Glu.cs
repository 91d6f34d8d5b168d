using System.Globalization;

namespace Gradus.Nn;

/// <summary>a·σ(b), with a and b the halves of the input along an axis. Dauphin et al., 2016.</summary>
/// <param name="axis">The axis, of even size. Default: the last.</param>
public sealed class Glu(int axis = -1) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        Expect.Axis(axis, input);
        return input.Shape[axis] % 2 == 0 ? input.Glu(axis) : throw Expect.Got(FormattableString.Invariant($"an even size along axis {axis}"), input);
    }

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{axis}");
}

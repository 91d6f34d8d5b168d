using System.Globalization;

namespace Gradus.Nn;

/// <summary>x·y / (max(‖x‖, ε)·max(‖y‖, ε)) along an axis, which goes.</summary>
/// <param name="axis">The axis. Default 1.</param>
/// <param name="epsilon">ε. Default 1e-8.</param>
public sealed class CosineSimilarity(int axis = 1, double epsilon = 1e-8) : Layer<(Tensor X, Tensor Y), Tensor>
{
    private readonly double _epsilon = Expect.AtLeast0("cosineSimilarity", "epsilon", epsilon);

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor X, Tensor Y) input)
    {
        var (x, y) = input;
        Expect.Pair(x, y);
        (x, y) = Tensor.Broadcast(x, y) is [var left, var right] ? (left, right) : input;
        Expect.Axis(axis, x);
        var type = Promotion.Common(x.DType, y.DType);
        var computed = type == DType.Float64 ? type : DType.Float32;
        (x, var first) = Reach.Down(x.To(computed), axis);
        (y, var second) = Reach.Down(y.To(computed), axis);
        // Clamped before the root, whose derivative at 0 is not finite.
        var squares = first.Clamp(min: _epsilon * _epsilon) * second.Clamp(min: _epsilon * _epsilon);
        return ((x * y).Sum(axis) / squares.Sqrt()).To(Promotion.Real(type));
    }

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"axis {axis}, ε {_epsilon}");
}

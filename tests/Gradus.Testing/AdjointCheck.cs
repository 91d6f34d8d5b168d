using System.Globalization;
using System.Text;

namespace Gradus.Testing;

/// <summary>Holds back-propagation against finite differences: ⟨u, Jv⟩ = ⟨Jᵀu, v⟩ for random u and v, in float64.</summary>
/// <remarks>
/// Jv is a difference of two evaluations. Where the function is linear or bilinear in what is varied, the central difference is exact at any step, and 1 rounds
/// least. Elsewhere two steps, h and 2h, are combined so that the error of order h² cancels (Richardson): at h = 1e-3 both the remaining h⁴ and the rounding
/// are below 1e-10.
/// </remarks>
internal static class AdjointCheck
{
    private const double Tolerance = 1e-8;
    private const int Directions = 3;

    /// <summary>What disagrees, with the whole Jacobian, or null.</summary>
    /// <param name="function">From all inputs to one output, whose shape does not change.</param>
    /// <param name="at">The point.</param>
    /// <param name="varied">The inputs that are varied; the others are constants.</param>
    /// <param name="isExact">Whether central differences are exact at any step.</param>
    public static string? Run(Func<Tensor[], Tensor> function, Tensor[] at, int[] varied, bool isExact)
    {
        for (var direction = 0; direction < Directions; direction++)
        {
            var v = varied.Select(input => Random(at[input].Shape, (100 * direction) + input)).ToArray();
            var leaves = Leaves(at, varied);
            var output = function(leaves);
            var u = Random(output.Shape, (100 * direction) + 99);
            var gradients = Gradients(output, [.. varied.Select(input => leaves[input])], u);
            var byRules = gradients.Zip(v, static (gradient, along) => gradient is null ? 0 : (gradient * along).Sum().Item()).Sum();
            var byDifferences = Difference(function, at, varied, v, isExact).Zip(u.ToArray<double>(), static (slope, weight) => slope * weight).Sum();
            if (Math.Abs(byRules - byDifferences) <= Tolerance * Math.Max(1, Math.Abs(byDifferences))) continue;
            return FormattableString.Invariant($"⟨Jᵀu, v⟩ = {byRules:R}, ⟨u, Jv⟩ = {byDifferences:R}\n{Jacobians(function, at, varied, isExact)}");
        }

        return null;
    }

    /// <summary>From the inputs and the gradient u of the output to all gradients in one row, recorded: to be checked in turn, for the second order.</summary>
    public static Func<Tensor[], Tensor> Backward(Func<Tensor[], Tensor> function, int[] varied) => inputs =>
    {
        var points = inputs[..^1].Select((input, index) => varied.Contains(index) && input.Node is null ? input.Detach().RequireGrad() : input).ToArray();
        var targets = varied.Select(input => points[input]).ToArray();
        var gradients = Autograd.Grad([function(points)], targets, [inputs[^1]], createGraph: true);
        return Tensor.Concat([.. gradients.Select((gradient, index) => (gradient ?? Tensor.Zeros(targets[index].Shape, DType.Float64)).Flatten())]);
    };

    private static Tensor Random(Shape shape, int seed) => Tensor.Rand(shape, DType.Float64, new Generator(seed, "direction")) - 0.5;

    private static Tensor[] Leaves(Tensor[] at, int[] varied) => [.. at.Select((input, index) => varied.Contains(index) ? input.Clone().RequireGrad() : input)];

    private static Tensor?[] Gradients(Tensor output, Tensor[] inputs, Tensor u) =>
        output.Node is null ? new Tensor?[inputs.Length] : Autograd.Grad([output], inputs, [u]);

    /// <summary>Jv.</summary>
    private static double[] Difference(Func<Tensor[], Tensor> function, Tensor[] at, int[] varied, Tensor[] v, bool isExact)
    {
        if (isExact) return Central(1);
        double[] near = Central(1e-3), far = Central(2e-3);
        return [.. near.Zip(far, static (close, wide) => ((4 * close) - wide) / 3)];

        double[] Central(double step)
        {
            var above = function(Moved(step)).ToArray<double>();
            var below = function(Moved(-step)).ToArray<double>();
            return [.. above.Zip(below, (high, low) => (high - low) / (2 * step))];
        }

        Tensor[] Moved(double step)
        {
            var moved = (Tensor[])at.Clone();
            for (var index = 0; index < varied.Length; index++) moved[varied[index]] = at[varied[index]] + (v[index] * step);
            return moved;
        }
    }

    /// <summary>Both Jacobians, a row for each input element: what the rules give, then what the differences give.</summary>
    private static string Jacobians(Func<Tensor[], Tensor> function, Tensor[] at, int[] varied, bool isExact)
    {
        var text = new StringBuilder();
        var output = function(at);
        var count = (int)output.Count;
        var units = Enumerable.Range(0, count).Select(index => Tensor.Arange(count).Equal(index).To(DType.Float64).Reshape(output.Shape)).ToArray();
        foreach (var input in varied)
        {
            text.Append(CultureInfo.InvariantCulture, $"input {input} {at[input]}\n");
            for (var element = 0; element < at[input].Count; element++)
            {
                var along = Tensor.Arange((int)at[input].Count).Equal(element).To(DType.Float64).Reshape(at[input].Shape);
                var numeric = Difference(function, at, [input], [along], isExact);
                text.Append(CultureInfo.InvariantCulture, $"  [{element}] rules");
                foreach (var unit in units) text.Append(CultureInfo.InvariantCulture, $" {Element(function, at, input, element, unit),10:G5}");
                text.Append("\n      differences");
                foreach (var slope in numeric) text.Append(CultureInfo.InvariantCulture, $" {slope,10:G5}");
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static double Element(Func<Tensor[], Tensor> function, Tensor[] at, int input, int element, Tensor unit)
    {
        var leaves = Leaves(at, [input]);
        var gradient = Gradients(function(leaves), [leaves[input]], unit)[0];
        return gradient is null ? 0 : gradient.ToArray<double>()[element];
    }
}

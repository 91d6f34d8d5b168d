namespace Gradus.Nn.Tests.Layers;

/// <summary>
/// The gradient check for networks of too many numbers to try each: the slope along a random direction through each parameter, against finite differences.
/// </summary>
internal static class Directions
{
    public static GradientReport Check(Func<Tensor> function, Tensor[] variables)
    {
        var options = new GradientCheckOptions { Step = 1e-6, Tolerance = 1e-5 };
        var weights = Tensor.Rand(function().Shape, DType.Float64, new Generator(0, "weights")) + 0.5;
        var gradients = Autograd.Grad([(function() * weights).Sum()], variables);
        using var noGrad = new NoGrad();
        return new GradientReport([.. variables.Select((variable, index) => Compare(variable, gradients[index], index))], options.Tolerance, []);

        GradientReport.InputReport Compare(Tensor variable, Tensor? gradient, int index)
        {
            var at = variable.Detach().Clone();
            var direction = Tensor.Randn(variable.Shape, DType.Float64, new Generator(0, $"direction {index}"));
            direction /= direction.Square().Sum().Sqrt();
            var analytic = gradient is null ? 0 : (gradient * direction).Sum().Item();
            var differences = new FiniteDifferences(
                distance =>
                {
                    variable.CopyFrom(at + (direction * distance));
                    return (function() * weights).Sum().Item();
                },
                options.Step);
            var numeric = differences.Central();
            var isRight = GradientReport.InputReport.ErrorOf(analytic, numeric) <= options.Tolerance;
            var verdict = isRight ? GradientVerdict.Right : differences.Judge(analytic, options.Tolerance);
            variable.CopyFrom(at);
            return new GradientReport.InputReport($"variable {index}", variable.Shape, [analytic], [numeric], verdict);
        }
    }
}

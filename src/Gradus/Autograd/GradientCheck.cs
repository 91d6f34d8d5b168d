using System.Globalization;
using System.Text;

namespace Gradus;

/// <summary>Compares gradients with finite differences, in float64: the machine's answer to "is my backward right?"</summary>
/// <remarks>
/// For every input element xᵢ the central difference (f(x + h·eᵢ) − f(x − h·eᵢ)) / 2h is held against the gradient of f, where f is the function's output weighted by
/// fixed random numbers so that it is a single number. The truncation error is of order h², the rounding error of order 10⁻¹⁶ / h.
/// </remarks>
public static class GradientCheck
{
    /// <summary>Checks the gradients of a function with respect to each of its inputs.</summary>
    /// <param name="function">Computes an output of any shape from the inputs. It is called many times and must give the same output each time.</param>
    /// <param name="inputs">Where to check. They are converted to float64.</param>
    /// <param name="options">Step and tolerance.</param>
    public static GradientReport Run(Func<Tensor[], Tensor> function, IReadOnlyList<Tensor> inputs, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new GradientCheckOptions();
        var points = inputs.Select(static input => input.Detach().To(DType.Float64).Clone().RequireGrad()).ToArray();
        for (var index = 0; index < points.Length; index++) points[index].Named(inputs[index].Name ?? $"input {index}");
        return Compare(function, points, points, options);
    }

    /// <summary>Checks the gradients of a function of one input.</summary>
    /// <inheritdoc cref="Run(Func{Tensor[], Tensor}, IReadOnlyList{Tensor}, GradientCheckOptions?)"/>
    public static GradientReport Run(Func<Tensor, Tensor> function, Tensor input, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run(inputs => function(inputs[0]), [input], options);
    }

    /// <summary>Checks the gradients of a scalar, such as a network's loss, with respect to tensors that it closes over, such as parameters.</summary>
    /// <param name="function">Computes the output from tensors of float64 that are changed between calls.</param>
    /// <param name="variables">The tensors, float64, that require a gradient. They are restored afterwards.</param>
    /// <param name="options">Step and tolerance.</param>
    /// <exception cref="GradusException">A variable is not float64 or does not require a gradient.</exception>
    public static GradientReport Run(Func<Tensor> function, IReadOnlyList<Tensor> variables, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(variables);
        foreach (var variable in variables)
        {
            if (variable.DType != DType.Float64) throw Errors.WrongDType("gradientCheck", "f64, for float32 rounding would hide the differences,", variable);
            if (variable.Node is not { IsLeaf: true }) throw new GradusException($"gradientCheck: {variable.Describe()} is not a leaf. Call RequireGrad() on it.");
        }

        return Compare(_ => function(), [], [.. variables], options ?? new GradientCheckOptions());
    }

    private static GradientReport Compare(Func<Tensor[], Tensor> function, Tensor[] arguments, Tensor[] variables, GradientCheckOptions options)
    {
        var output = function(arguments);
        if (output.DType != DType.Float64) throw new GradusException($"gradientCheck: the function gave {output.Describe()} from float64 inputs; compute in float64 throughout.");
        // Weights that are no multiples of each other: errors of several outputs cannot cancel.
        var weights = Tensor.Rand(output.Shape, DType.Float64, new Generator(options.Seed, "gradient check")) + 0.5;
        var gradients = Autograd.Grad([(output * weights).Sum()], variables);
        var inputs = new GradientReport.InputReport[variables.Length];
        using var noGrad = new NoGrad();
        for (var index = 0; index < variables.Length; index++)
        {
            var variable = variables[index];
            var analytic = gradients[index]?.ToArray<double>() ?? new double[variable.Count];
            var numeric = Differences(() => (function(arguments) * weights).Sum().Item(), variable, options.Step);
            inputs[index] = new GradientReport.InputReport(variable.Name ?? $"variable {index}", variable.Shape, analytic, numeric);
        }

        return new GradientReport(inputs, options.Tolerance);
    }

    private static double[] Differences(Func<double> function, Tensor variable, double step)
    {
        var values = variable.ToArray<double>();
        var numeric = new double[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            var at = values[index];
            values[index] = at + step;
            variable.CopyFrom(Tensor.From(values, variable.Shape));
            var above = function();
            values[index] = at - step;
            variable.CopyFrom(Tensor.From(values, variable.Shape));
            var below = function();
            values[index] = at;
            numeric[index] = (above - below) / (2 * step);
        }

        variable.CopyFrom(Tensor.From(values, variable.Shape));
        return numeric;
    }
}

/// <summary>How <see cref="GradientCheck"/> compares.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>The distance h of the finite differences. Default 1e-5: truncation and rounding errors are then both near 1e-10.</summary>
    public double Step { get; init; } = 1e-5;

    /// <summary>The largest difference, relative to max(1, |gradient|), that counts as equal. Default 1e-6.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The seed of the weights that make one number of the output. Default 0.</summary>
    public long Seed { get; init; }
}

/// <summary>What <see cref="GradientCheck"/> found, input by input.</summary>
public sealed class GradientReport
{
    internal GradientReport(InputReport[] inputs, double tolerance)
    {
        Inputs = inputs;
        Tolerance = tolerance;
    }

    /// <summary>A comparison for each input.</summary>
    public IReadOnlyList<InputReport> Inputs { get; }

    /// <summary>The largest difference that counts as equal.</summary>
    public double Tolerance { get; }

    /// <summary>The largest relative difference of all.</summary>
    public double WorstError => Inputs.Count == 0 ? 0 : Inputs.Max(static input => input.WorstError);

    /// <summary>Whether every gradient agrees.</summary>
    public bool IsRight => WorstError <= Tolerance;

    /// <summary>Throws, with the report, unless every gradient agrees: a unit test in one line.</summary>
    /// <exception cref="GradusException">A gradient disagrees.</exception>
    public void Assert()
    {
        if (!IsRight) throw new GradusException(ToString());
    }

    /// <summary>The verdict, and for each input the worst element with both numbers.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(IsRight ? "gradient check: all gradients agree" : "gradient check: gradients DISAGREE");
        text.Append(CultureInfo.InvariantCulture, $" (worst relative difference {WorstError:0.0e+00}, tolerance {Tolerance:0.0e+00})");
        foreach (var input in Inputs)
        {
            var worst = input.WorstIndex;
            text.Append(CultureInfo.InvariantCulture, $"\n  {input.Name} f64{input.Shape}: difference {input.WorstError:0.0e+00}");
            if (worst >= 0) text.Append(CultureInfo.InvariantCulture, $", worst at element {worst}: backward gives {input.Analytic[worst]:G9}, finite differences {input.Numeric[worst]:G9}");
        }

        return text.ToString();
    }

    /// <summary>One input's gradients, both ways.</summary>
    /// <param name="Name">The input's name.</param>
    /// <param name="Shape">Its shape.</param>
    /// <param name="Analytic">The gradient by back-propagation, in row-major order.</param>
    /// <param name="Numeric">The gradient by finite differences.</param>
    public sealed record InputReport(string Name, Shape Shape, IReadOnlyList<double> Analytic, IReadOnlyList<double> Numeric)
    {
        /// <summary>The largest |a − n| / max(1, |a|, |n|); infinite where one is not a number.</summary>
        public double WorstError => WorstIndex < 0 ? 0 : ErrorAt(WorstIndex);

        /// <summary>The element, in row-major order, where the difference is largest; −1 if there are none.</summary>
        public int WorstIndex
        {
            get
            {
                var worst = -1;
                for (var index = 0; index < Analytic.Count; index++)
                {
                    if (worst < 0 || ErrorAt(index) > ErrorAt(worst)) worst = index;
                }

                return worst;
            }
        }

        private double ErrorAt(int index)
        {
            double a = Analytic[index], n = Numeric[index];
            var error = Math.Abs(a - n) / Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(n)));
            return double.IsNaN(error) ? double.PositiveInfinity : error;
        }
    }
}

namespace Gradus;

/// <summary>Compares gradients with finite differences, in float64: the machine's answer to "is my backward right?"</summary>
/// <remarks>
/// For every input element xᵢ the central difference (f(x + h·eᵢ) − f(x − h·eᵢ)) / 2h is held against the gradient of f, where f is the function's output
/// weighted by fixed random numbers so that it is a single number. The truncation error is of order h², the rounding error of order 10⁻¹⁶ / h. Where they
/// differ, the slopes on both sides tell a kink from a wrong rule, and each operator is checked by itself to name the one at fault. In a unit test:
/// <c>GradientCheck.Run(f, x).Assert()</c>.
/// </remarks>
public static class GradientCheck
{
    /// <summary>Checks the gradients of a function with respect to each of its inputs.</summary>
    /// <param name="function">Computes an output of any shape from the inputs. It is called many times and must give the same output each time.</param>
    /// <param name="inputs">Where to check. They are converted to float64.</param>
    /// <param name="options">Step, tolerance and order.</param>
    public static GradientReport Run(Func<Tensor[], Tensor> function, IReadOnlyList<Tensor> inputs, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var input in inputs) ArgumentNullException.ThrowIfNull(input);
        var points = inputs.Select(static input => input.Detach().To(DType.Float64).Clone().RequireGrad()).ToArray();
        for (var index = 0; index < points.Length; index++) points[index].Named(inputs[index].Name ?? $"input {index}");
        return Compare(function, points, points, options ?? new GradientCheckOptions());
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
    /// <param name="options">Step, tolerance and order.</param>
    /// <exception cref="GradusException">A variable is not float64 or does not require a gradient.</exception>
    public static GradientReport Run(Func<Tensor> function, IReadOnlyList<Tensor> variables, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(variables);
        foreach (var variable in variables)
        {
            ArgumentNullException.ThrowIfNull(variable);
            if (variable.DType != DType.Float64) throw Errors.WrongDType("gradientCheck", "f64, for float32 rounding would hide the differences,", variable);
            if (variable.Node is not { IsLeaf: true })
            {
                throw new GradusException($"gradientCheck: {variable.Describe()} is not a leaf. Call RequireGrad() on it.");
            }
        }

        return Compare(_ => function(), [], [.. variables], options ?? new GradientCheckOptions());
    }

    private static GradientReport Compare(Func<Tensor[], Tensor> function, Tensor[] arguments, Tensor[] variables, GradientCheckOptions options)
    {
        if (options.Order is not (1 or 2)) throw new GradusException($"gradientCheck: order {options.Order}; it is 1 or 2.");
        if (!(options.Step > 0 && double.IsFinite(options.Step) && options.Tolerance >= 0))
        {
            throw new GradusException($"gradientCheck: got {options}, expected a step above 0 and a tolerance of at least 0.");
        }

        Func<Tensor> evaluate = options.Order == 1 ? () => function(arguments) : () => GradientOf(function, arguments, variables, options);
        using var mode = GradMode.Set(true);
        var output = evaluate() ?? throw Errors.NoResult("gradientCheck");
        if (output.DType != DType.Float64)
        {
            throw new GradusException($"gradientCheck: the function gave {output.Describe()} from float64 inputs; compute in float64 throughout.");
        }

        var weights = Weights(output, options);
        var gradients = output.Node is null ? new Tensor?[variables.Length] : Autograd.Grad([(output * weights).Sum()], variables, retainGraph: true);
        var inputs = new GradientReport.InputReport[variables.Length];
        for (var index = 0; index < variables.Length; index++)
        {
            var analytic = gradients[index]?.ToArray<double>() ?? new double[variables[index].Count];
            inputs[index] = Compare(() => (evaluate() * weights).Sum().Item(), variables[index], $"variable {index}", analytic, options);
        }

        var isWrong = Array.Exists(inputs, static input => input.Verdict == GradientVerdict.Wrong);
        return new GradientReport(inputs, options.Tolerance, isWrong ? FindFaults(evaluate, options) : []);
    }

    private static string[] FindFaults(Func<Tensor> evaluate, GradientCheckOptions options)
    {
        using var checks = new NodeCheck();
        var output = evaluate();
        checks.Dispose();
        var faults = checks.FindFaults(options);
        // The graph lives as long as what was computed by it.
        GC.KeepAlive(output);
        return faults;
    }

    /// <summary>The gradients with respect to all variables, one after the other in one tensor.</summary>
    private static Tensor GradientOf(Func<Tensor[], Tensor> function, Tensor[] arguments, Tensor[] variables, GradientCheckOptions options)
    {
        using var mode = GradMode.Set(true);
        var output = function(arguments) ?? throw Errors.NoResult("gradientCheck");
        var gradients = output.Node is null
            ? new Tensor?[variables.Length]
            : Autograd.Grad([(output * Weights(output, options)).Sum()], variables, createGraph: true);
        return Tensor.Concat([.. gradients.Select((gradient, index) => (gradient ?? Tensor.Zeros(variables[index].Shape, DType.Float64)).Reshape(-1))]);
    }

    // No multiples of each other: errors of several outputs cannot cancel.
    private static Tensor Weights(Tensor output, GradientCheckOptions options) =>
        Tensor.Rand(output.Shape, DType.Float64, new Generator(options.Seed, "gradient check")) + 0.5;

    private static GradientReport.InputReport Compare(Func<double> function, Tensor variable, string name, double[] analytic, GradientCheckOptions options)
    {
        using var noGrad = GradMode.Disable();
        var values = variable.ToArray<double>();
        var numeric = new double[values.Length];
        var verdict = GradientVerdict.Right;
        for (var index = 0; index < values.Length; index++)
        {
            var at = values[index];
            var differences = new FiniteDifferences(
                distance =>
                {
                    values[index] = at + distance;
                    variable.CopyFrom(Tensor.From(values, variable.Shape));
                    return function();
                },
                options.Step);
            numeric[index] = differences.Central();
            if (GradientReport.InputReport.ErrorOf(analytic[index], numeric[index]) > options.Tolerance)
            {
                var judgment = differences.Judge(analytic[index], options.Tolerance);
                if (judgment > verdict) verdict = judgment;
            }

            values[index] = at;
        }

        variable.CopyFrom(Tensor.From(values, variable.Shape));
        return new GradientReport.InputReport(variable.Name ?? name, variable.Shape, analytic, numeric, verdict);
    }
}

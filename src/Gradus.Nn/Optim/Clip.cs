namespace Gradus.Nn;

/// <summary>Holds gradients within bounds, between Backward and Step.</summary>
public static class Clip
{
    private const double Smallest = 1e-30;

    /// <summary>Scales all gradients together so that their norm, taken as one vector, is at most a bound: g ← g·min(1, maximum / (‖g‖₂ + 10⁻⁶)).</summary>
    /// <param name="parameters">Whose gradients; those without one, and frozen parameters, are passed over, and one that is given twice counts once.</param>
    /// <param name="maximum">The bound, at least 0.</param>
    /// <returns>The norm before.</returns>
    /// <remarks>Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013.</remarks>
    /// <exception cref="GradusException">The bound is negative, or the norm is not finite: the gradients stay as they are.</exception>
    public static double ByNorm(IEnumerable<Parameter> parameters, double maximum)
    {
        RequireBound("clip.byNorm", maximum);
        ArgumentNullException.ThrowIfNull(parameters);
        var all = parameters.ToArray();
        var norm = Norm(all);
        if (!double.IsFinite(norm))
        {
            throw new GradusException(FormattableString.Invariant(
                $"clip.byNorm: the gradients' norm is {norm}, expected a finite one. `using new Anomaly()` finds the operator at fault."));
        }

        var factor = maximum / (norm + 1e-6);
        if (factor < Smallest)
        {
            // In two steps: a gradient's type may not hold the factor, or hold few digits of it.
            Change(all, static gradient => UpdateKernels.Scale(gradient, Smallest));
            factor /= Smallest;
        }

        if (factor < 1) Change(all, gradient => UpdateKernels.Scale(gradient, factor));
        return norm;
    }

    /// <summary>Holds each element of the gradients in [−maximum, maximum].</summary>
    /// <param name="parameters">Whose gradients; those without one, and frozen parameters, are passed over, and one that is given twice counts once.</param>
    /// <param name="maximum">The bound, at least 0.</param>
    /// <exception cref="GradusException">The bound is negative.</exception>
    public static void ByValue(IEnumerable<Parameter> parameters, double maximum)
    {
        RequireBound("clip.byValue", maximum);
        Change(parameters, gradient => UpdateKernels.Clamp(gradient, maximum));
    }

    /// <summary>The norm of all gradients, taken as one vector: √Σg².</summary>
    public static double Norm(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        double[] norms = [.. Gradients(parameters).Select(static entry => UpdateKernels.Norm(entry.Gradient))];
        var sum = norms.Sum(static norm => norm * norm);
        if (sum is > 1e-280 and < double.PositiveInfinity || double.IsNaN(sum)) return Math.Sqrt(sum);
        var largest = norms.DefaultIfEmpty().Max();
        return largest == 0 || !double.IsFinite(largest) ? largest : largest * Math.Sqrt(norms.Sum(norm => norm / largest * (norm / largest)));
    }

    private static void Change(IEnumerable<Parameter> parameters, Action<Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        foreach (var (parameter, given) in Gradients(parameters))
        {
            // One that was expanded shows the same memory in several places.
            var gradient = given.IsContiguous ? given : parameter.Leaf.Grad = Copy(given);
            if (!gradient.DType.IsHalf)
            {
                change(gradient);
                continue;
            }

            // Arithmetic on f16 and bf16 happens in f32.
            using var scope = new TensorScope();
            using var mode = GradMode.Disable();
            var wide = gradient.To(DType.Float32);
            change(wide);
            gradient.CopyFrom(wide);
        }
    }

    private static Tensor Copy(Tensor gradient)
    {
        using var scope = TensorScope.Suspend();
        using var mode = GradMode.Disable();
        return gradient.Clone();
    }

    /// <summary>
    /// The gradients that there are, each once.
    /// A frozen parameter's counts nothing, since no step is made with it, and one whose size the first input tells has none before that input.
    /// </summary>
    private static IEnumerable<(Parameter Parameter, Tensor Gradient)> Gradients(IEnumerable<Parameter> parameters)
    {
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var parameter in parameters)
        {
            ArgumentNullException.ThrowIfNull(parameter);
            if (parameter.UsedGradient is { } gradient && seen.Add(parameter.Leaf)) yield return (parameter, gradient);
        }
    }

    private static void RequireBound(string operation, double maximum)
    {
        if (!(maximum >= 0)) throw new GradusException(FormattableString.Invariant($"{operation}: the bound is {maximum}, expected at least 0."));
    }
}

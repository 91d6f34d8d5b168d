namespace Gradus.Nn;

/// <summary>Gradient checks of whole modules.</summary>
public static class ModuleGradientCheck
{
    /// <summary>
    /// Holds a module's gradients, with respect to its input and all its parameters, against finite differences: in a unit test,
    /// <c>layer.CheckGradients(x).Assert()</c>.
    /// </summary>
    /// <param name="module">The module. It is brought to float64, and stays so. What it draws at random must be off: call Eval() where it has dropout.</param>
    /// <param name="input">Where to check; an input that is not floating point is not varied.</param>
    /// <param name="options">Step, tolerance and order.</param>
    public static GradientReport CheckGradients(this Module<Tensor, Tensor> module, Tensor input, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(input);
        module.To(DType.Float64);
        var variables = new List<Tensor>();
        foreach (var (name, parameter) in module.NamedParameters())
        {
            if (parameter.IsFrozen) continue;
            parameter.Value.Named(parameter.Value.Name ?? name);
            variables.Add(parameter.Value);
        }

        var x = input;
        if (input.DType.IsFloat)
        {
            x = input.Detach().To(DType.Float64).Clone().RequireGrad().Named(input.Name ?? "input");
            variables.Add(x);
        }

        return GradientCheck.Run(() => module.Forward(x), variables, options);
    }
}

namespace Gradus.Nn.Tests.Layers;

/// <summary>All that the checks have to know of a layer.</summary>
/// <param name="Make">A fresh one.</param>
/// <param name="Run">One call, its result as one tensor.</param>
/// <param name="Inputs">The inputs, floating ones in float64.</param>
/// <param name="Output">The shape of the result.</param>
/// <param name="Text">How it prints once it has run; how that begins, where it is large.</param>
internal sealed record ModuleSpec(Func<Module> Make, Func<Module, Tensor[], Tensor> Run, Tensor[] Inputs, Shape Output, string Text)
{
    /// <summary>Whether training gives something else than use.</summary>
    public bool DiffersInTraining { get; init; }

    /// <summary>Whether it has too many numbers to try each by itself: gradients are then checked along random directions.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Whether training draws random numbers.</summary>
    public bool IsRandom { get; init; }

    /// <summary>The inputs in an element type; indices stay what they are.</summary>
    public Tensor[] InputsIn(DType dtype) => [.. Inputs.Select(input => input.DType.IsFloat ? input.Detach().To(dtype).Clone() : input)];

    /// <summary>A layer of one input of a shape.</summary>
    public static ModuleSpec Of(Func<Module<Tensor, Tensor>> make, Shape input, Shape output, string text) =>
        Of(make, static (layer, x) => layer.Forward(x[0]), [input], output, text);

    /// <summary>A layer that is called in a way of its own.</summary>
    public static ModuleSpec Of<T>(Func<T> make, Func<T, Tensor[], Tensor> run, Shape[] inputs, Shape output, string text) where T : Module =>
        Of(make, run, [.. inputs.Select(Draw)], output, text);

    /// <summary>A layer of inputs that are given: indices.</summary>
    public static ModuleSpec Of<T>(Func<T> make, Func<T, Tensor[], Tensor> run, Tensor[] inputs, Shape output, string text) where T : Module =>
        new(make, (module, x) => run((T)module, x), inputs, output, text);

    /// <summary>Numbers from −2 to 2.</summary>
    public static Tensor Draw(Shape shape, int index = 0) => (Tensor.Rand(shape, DType.Float64, new Generator(1, $"input {index}")) - 0.5) * 4;
}

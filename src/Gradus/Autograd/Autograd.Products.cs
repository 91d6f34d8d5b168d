namespace Gradus;

// Products with the matrices of first and second derivatives, without the matrices.
public static partial class Autograd
{
    /// <summary>A function's value and its derivative along a direction, J·ẋ, by forward mode: the cost of two to three evaluations.</summary>
    /// <param name="function">Any function of Tensor arithmetic.</param>
    /// <param name="x">Where.</param>
    /// <param name="tangent">The direction ẋ, shaped like <paramref name="x"/>.</param>
    /// <param name="createGraph">Whether the results can be differentiated.</param>
    /// <exception cref="GradusException">The tangent does not fit.</exception>
    public static (Tensor Output, Tensor Tangent) Jvp(Func<Tensor, Tensor> function, Tensor x, Tensor tangent, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Jvp(inputs => function(inputs[0]), [x], [tangent], createGraph);
    }

    /// <summary>A function of several inputs: its value and Σ Jᵢ·ẋᵢ.</summary>
    /// <inheritdoc cref="Jvp(Func{Tensor, Tensor}, Tensor, Tensor, bool)"/>
    /// <param name="function">Any function of Tensor arithmetic.</param>
    /// <param name="inputs">Where.</param>
    /// <param name="tangents">A direction for each input, shaped like it.</param>
    /// <param name="createGraph">Whether the results can be differentiated.</param>
    public static (Tensor Output, Tensor Tangent) Jvp(
        Func<Tensor[], Tensor> function, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> tangents, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var points = Points("jvp", inputs, createGraph);
        return PushForward(Evaluate("jvp", function, points), points, tangents, createGraph);
    }

    /// <summary>
    /// The value of a function that closes over tensors, such as a network over its parameters, and its derivative when they move along a direction.
    /// </summary>
    /// <param name="function">Computes the output from the variables.</param>
    /// <param name="variables">Tensors that require a gradient.</param>
    /// <param name="tangents">A direction for each variable, shaped like it.</param>
    /// <param name="createGraph">Whether the results can be differentiated.</param>
    /// <exception cref="GradusException">A variable does not require a gradient, or a tangent does not fit.</exception>
    public static (Tensor Output, Tensor Tangent) Jvp(
        Func<Tensor> function, IReadOnlyList<Tensor> variables, IReadOnlyList<Tensor> tangents, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(variables);
        foreach (var variable in variables) RequireNode("jvp", variable);
        return PushForward(Evaluate("jvp", _ => function(), []), variables, tangents, createGraph);
    }

    /// <summary>A function's value and the gradient of ⟨u, f⟩, Jᵀ·u, by reverse mode.</summary>
    /// <param name="function">Any function of Tensor arithmetic.</param>
    /// <param name="x">Where.</param>
    /// <param name="cotangent">u, shaped like the output; left out, 1, for an output that is a single number.</param>
    /// <param name="createGraph">Whether the results can be differentiated.</param>
    public static (Tensor Output, Tensor Gradient) Vjp(Func<Tensor, Tensor> function, Tensor x, Tensor? cotangent = null, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var (output, gradients) = Vjp(inputs => function(inputs[0]), [x], cotangent, createGraph);
        return (output, gradients[0]);
    }

    /// <summary>A function of several inputs: its value and Jᵢᵀ·u for each.</summary>
    /// <inheritdoc cref="Vjp(Func{Tensor, Tensor}, Tensor, Tensor?, bool)"/>
    /// <param name="function">Any function of Tensor arithmetic.</param>
    /// <param name="inputs">Where.</param>
    /// <param name="cotangent">u, shaped like the output; left out, 1, for an output that is a single number.</param>
    /// <param name="createGraph">Whether the results can be differentiated.</param>
    public static (Tensor Output, Tensor[] Gradients) Vjp(
        Func<Tensor[], Tensor> function, IReadOnlyList<Tensor> inputs, Tensor? cotangent = null, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var points = Points("vjp", inputs, createGraph);
        var output = Evaluate("vjp", function, points);
        return (createGraph ? output : output.Detach(), Gradients(output, points, cotangent, createGraph, createGraph));
    }

    /// <summary>
    /// The value of a function that gives one number, and its matrix of second derivatives times a direction, H·v: the derivative of the gradient along v.
    /// </summary>
    /// <param name="function">A function whose output is a single number.</param>
    /// <param name="x">Where.</param>
    /// <param name="direction">v, shaped like <paramref name="x"/>.</param>
    /// <param name="createGraph">Whether the results can be differentiated.</param>
    /// <remarks>Forward over reverse: the gradient is recorded and the direction pushed through it.</remarks>
    /// <exception cref="GradusException">The output is not a single number, or the direction does not fit.</exception>
    public static (Tensor Output, Tensor Product) Hvp(Func<Tensor, Tensor> function, Tensor x, Tensor direction, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var (output, products) = Hvp(inputs => function(inputs[0]), [x], [direction], createGraph);
        return (output, products[0]);
    }

    /// <summary>A function of several inputs: its value, and Σⱼ Hᵢⱼ·vⱼ for each input i.</summary>
    /// <inheritdoc cref="Hvp(Func{Tensor, Tensor}, Tensor, Tensor, bool)"/>
    /// <param name="function">A function whose output is a single number.</param>
    /// <param name="inputs">Where.</param>
    /// <param name="directions">v for each input, shaped like it.</param>
    /// <param name="createGraph">Whether the results can be differentiated.</param>
    public static (Tensor Output, Tensor[] Products) Hvp(
        Func<Tensor[], Tensor> function, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> directions, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var points = Points("hvp", inputs, createGraph);
        CheckFit("hvp", "direction", points, directions);
        var output = Number("hvp", Evaluate("hvp", function, points));
        var gradients = Gradients(output, points, null, createGraph: true, retainGraph: true);
        var pushed = ForwardPass.Push(gradients, points, Fitted(points, directions), createGraph);
        return (createGraph ? output : output.Detach(), [.. pushed.Select((product, index) => product ?? Tensor.ZerosLike(points[index]))]);
    }

    /// <summary>
    /// The value of a function that gives one number, and a direction times its matrix of second derivatives, vᵀ·H: the gradient of ⟨gradient, v⟩.
    /// </summary>
    /// <remarks>Reverse over reverse. Equal to <see cref="Hvp(Func{Tensor, Tensor}, Tensor, Tensor, bool)"/>, since H is symmetric, by another way.</remarks>
    /// <inheritdoc cref="Hvp(Func{Tensor, Tensor}, Tensor, Tensor, bool)" path="/param"/>
    /// <inheritdoc cref="Hvp(Func{Tensor, Tensor}, Tensor, Tensor, bool)" path="/exception"/>
    public static (Tensor Output, Tensor Product) Vhp(Func<Tensor, Tensor> function, Tensor x, Tensor direction, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var (output, products) = Vhp(inputs => function(inputs[0]), [x], [direction], createGraph);
        return (output, products[0]);
    }

    /// <summary>A function of several inputs: its value, and Σᵢ vᵢᵀ·Hᵢⱼ for each input j.</summary>
    /// <inheritdoc cref="Hvp(Func{Tensor[], Tensor}, IReadOnlyList{Tensor}, IReadOnlyList{Tensor}, bool)"/>
    public static (Tensor Output, Tensor[] Products) Vhp(
        Func<Tensor[], Tensor> function, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> directions, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var points = Points("vhp", inputs, createGraph);
        CheckFit("vhp", "direction", points, directions);
        var output = Number("vhp", Evaluate("vhp", function, points));
        var gradients = Gradients(output, points, null, createGraph: true, retainGraph: true);
        var fitted = Fitted(points, directions);
        var connected = Enumerable.Range(0, points.Length).Where(index => gradients[index].Node is not null).ToArray();
        var products = connected.Length == 0 ? new Tensor?[points.Length]
            : BackwardPass.Collect(
                [.. connected.Select(index => gradients[index])], [.. connected.Select(index => fitted[index])], points, createGraph, createGraph);
        return (createGraph ? output : output.Detach(), [.. products.Select((product, index) => product ?? Tensor.ZerosLike(points[index]))]);
    }

    private static (Tensor Output, Tensor Tangent) PushForward(Tensor output, IReadOnlyList<Tensor> points, IReadOnlyList<Tensor> tangents, bool createGraph)
    {
        CheckFit("jvp", "tangent", points, tangents);
        var tangent = ForwardPass.Push([output], points, Fitted(points, tangents), createGraph)[0] ?? Tensor.ZerosLike(output);
        return (createGraph ? output : output.Detach(), tangent);
    }

    /// <summary>
    /// Leaves to differentiate at; with <paramref name="createGraph"/> views of the inputs that stay joined to what these were computed from.
    /// </summary>
    private static Tensor[] Points(string operation, IReadOnlyList<Tensor> inputs, bool createGraph)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0) throw new GradusException($"{operation}: there are no inputs.");
        using var mode = GradMode.Set(true);
        return [.. inputs.Select(Point)];

        Tensor Point(Tensor input)
        {
            ArgumentNullException.ThrowIfNull(input);
            return createGraph && input.Node is not null ? Ops.Identity.Apply(input, default) : input.Detach().RequireGrad();
        }
    }

    private static Tensor Evaluate(string operation, Func<Tensor[], Tensor> function, Tensor[] points)
    {
        if (GradMode.IsInference) throw new GradusException($"{operation}: inside an Inference stretch nothing is recorded. Use NoGrad instead.");
        using var mode = GradMode.Set(true);
        return function(points) ?? throw Errors.NoResult(operation);
    }

    private static Tensor[] Gradients(Tensor output, Tensor[] points, Tensor? cotangent, bool createGraph, bool retainGraph)
    {
        if (output.Node is null) return [.. points.Select(static point => Tensor.ZerosLike(point))];
        var gradients = Grad([output], points, [cotangent], createGraph, retainGraph);
        return [.. gradients.Select((gradient, index) => gradient ?? Tensor.ZerosLike(points[index]))];
    }

    private static Tensor Number(string operation, Tensor output) => output.Count == 1 ? output
        : throw new GradusException($"{operation}: the function gives {output.Describe()}, expected a single number. Reduce it with Sum() or Mean().");

    private static void CheckFit(string operation, string word, IReadOnlyList<Tensor> points, IReadOnlyList<Tensor> directions)
    {
        ArgumentNullException.ThrowIfNull(directions);
        if (directions.Count != points.Count) throw new GradusException($"{operation}: {directions.Count} {word}s for {points.Count} inputs.");
        for (var index = 0; index < points.Count; index++)
        {
            ArgumentNullException.ThrowIfNull(directions[index]);
            if (directions[index].Shape != points[index].Shape)
            {
                throw new GradusException(
                    $"{operation}: input {index} is {points[index].Describe()}, its {word} {directions[index].Describe()}. They must have the same shape.");
            }
        }
    }

    private static Tensor[] Fitted(IReadOnlyList<Tensor> points, IReadOnlyList<Tensor> directions) =>
        [.. directions.Select((direction, index) => direction.To(points[index].DType))];
}

namespace Gradus.Graphs;

/// <summary>
/// The derivative of a value f by a value x as an operation: <c>grad(f, x)</c>. It depends on x and on the variables that f is made of besides, and computes
/// what lies between again, so that it can be differentiated itself.
/// </summary>
internal sealed class Derivative
{
    /// <summary>The name of its function.</summary>
    public const string Name = "grad";

    /// <summary>How deep derivatives may be nested.</summary>
    public const int HighestOrder = 4;

    private readonly (int Place, Step Step)[] _between;
    private readonly int _value;

    private Derivative(int value, int[] inputs, (int Place, Step Step)[] between)
    {
        (_value, Inputs, _between) = (value, inputs, between);
        Order = 1 + between.Select(static pair => pair.Step.Operation?.Order ?? 0).DefaultIfEmpty(0).Max();
    }

    /// <summary>The steps it reads: f, which only shows what is differentiated, then x, then the other variables.</summary>
    public int[] Inputs { get; }

    /// <summary>1 for a derivative, 2 for one of a derivative, …</summary>
    public int Order { get; }

    /// <summary>The derivative of one step by another; null where it does not depend on it.</summary>
    public static Derivative? Of(IReadOnlyList<Step> steps, int value, int by)
    {
        var seen = new HashSet<int> { value };
        var open = new Stack<int>([value]);
        var (others, between) = (new SortedSet<int>(), new SortedDictionary<int, Step>());
        while (open.TryPop(out var place))
        {
            if (place == by) continue;
            var step = steps[place];
            if (step.Operation is null && !step.IsConstant)
            {
                others.Add(place);
                continue;
            }

            between.Add(place, step);
            foreach (var input in step.Inputs)
            {
                if (seen.Add(input)) open.Push(input);
            }
        }

        return seen.Contains(by) ? new(value, [value, by, .. others], [.. between.Select(static pair => (pair.Key, pair.Value))]) : null;
    }

    /// <summary>The operation, whose inputs are <see cref="Inputs"/>.</summary>
    /// <param name="variable">The name of x.</param>
    public Operation ToOperation(string variable) => new()
    {
        Name = Name,
        Symbol = $"∂/∂{variable}",
        Arity = null,
        Order = Order,
        Apply = (inputs, _) => Compute(inputs),
        Rule = Rule,
        Form = static inputs => $"{Name}({inputs[0]}, {inputs[1]})",
    };

    private Tensor Compute(Tensor[] inputs)
    {
        var isRecorded = GradMode.IsEnabled;
        using var mode = GradMode.Set(true);
        var by = inputs[1].Node is null ? inputs[1].Detach().RequireGrad() : inputs[1];
        var values = new Dictionary<int, Tensor> { [Inputs[1]] = by };
        for (var index = 2; index < inputs.Length; index++) values[Inputs[index]] = inputs[index];
        foreach (var (place, step) in _between)
        {
            values[place] = step.Constant ?? step.Operation!.Apply([.. step.Inputs.Select(input => values[input])], step.Axis);
        }

        var value = values[_value];
        if (value.Rank != 0) throw new GradusException($"grad: the value has the shape {value.Shape}, expected a single number, such as its sum.");
        var gradient = value.Node is null ? null : Autograd.Grad([value], [by], createGraph: true)[0];
        gradient ??= Tensor.Zeros(by.Shape, DType.Float64);
        return isRecorded ? gradient : gradient.Detach();
    }

    /// <summary>In the words of expressions themselves: the derivative of what <c>g</c> makes of it.</summary>
    private static DerivativeSymbol Rule(OperationUse use, int input)
    {
        if (input == 0) return new("0", "0");
        return use.IsScalar
            ? new("grad({z}, {i})", @"\frac{\partial {z}}{\partial {i}}")
            : DerivativeSymbol.Rule("grad(sum(g * {z}), {i})", @"\tfrac{\partial}{\partial {i}} \textstyle\sum g \odot {z}");
    }
}

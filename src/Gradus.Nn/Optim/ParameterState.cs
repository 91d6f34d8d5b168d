namespace Gradus.Nn;

/// <summary>What an optimizer keeps of one parameter: how it is to be treated, how often it was moved, and the optimizer's states of it.</summary>
internal sealed class ParameterState(Parameter parameter, string name, double rateFactor, double weightDecay)
{
    public Parameter Parameter => parameter;

    /// <summary>The parameter's name in its network's state; without a network its tensor's name, or else its number.</summary>
    public string Name => name;

    /// <summary>What the optimizer's learning rate is multiplied by.</summary>
    public double RateFactor => rateFactor;

    public double WeightDecay => weightDecay;

    /// <summary>How often this parameter was moved: one that was frozen at first begins with its own first step.</summary>
    public long Step { get; set; }

    /// <summary>The states, in the order of the optimizer's names for them; empty before the first step.</summary>
    public Tensor[] Tensors { get; set; } = [];

    /// <summary>A running product, where the optimizer needs one.</summary>
    public double Product { get; set; } = 1;

    /// <summary>The state at an index, or null if the optimizer keeps fewer.</summary>
    public Tensor? At(int index) => index < Tensors.Length ? Tensors[index] : null;

    /// <summary>Holds that the parameter can be moved, and brings its states to its element type. It is called at every step: it only compares.</summary>
    /// <exception cref="GradusException">It has come to be computed from others, or its gradient does not fit it.</exception>
    public void Prepare()
    {
        if (parameter.UsedGradient is not { } gradient)
        {
            parameter.RequireOwnValues("step");
            return;
        }

        var value = parameter.Leaf;
        if (gradient.DType != value.DType || gradient.Shape != value.Shape) throw Misfit(gradient, value);
        Follow();
    }

    /// <summary>Brings the states to the parameter's element type.</summary>
    public void Follow()
    {
        foreach (ref var tensor in Tensors.AsSpan()) tensor = Companion.Follow(tensor, parameter);
    }

    // Apart, so that the checks are short enough to be inlined.
    private static GradusException Misfit(Tensor gradient, Tensor value) =>
        new($"step: the gradient is {gradient.Describe()}, the parameter {value.Describe()}.");

    /// <summary>The operands of a fused update.</summary>
    public UpdateOperands Operands(Tensor gradient) => new(parameter.Leaf, gradient, At(0), At(1), At(2));
}

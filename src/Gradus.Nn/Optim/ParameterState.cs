namespace Gradus.Nn;

/// <summary>What an optimizer keeps of one parameter: how it is to be treated, how often it was moved, and the optimizer's states of it.</summary>
public sealed class ParameterState
{
    private readonly Optimizer _optimizer;
    private readonly double _rateFactor;

    internal ParameterState(Optimizer optimizer, Parameter parameter, string name, double rateFactor, double weightDecay)
    {
        (_optimizer, Parameter, Name, _rateFactor, WeightDecay) = (optimizer, parameter, name, rateFactor, weightDecay);
    }

    /// <summary>The parameter's name in its network's state; without a network its tensor's name, or else its number.</summary>
    public string Name { get; }

    /// <summary>η for this parameter: the optimizer's learning rate times its group's factor.</summary>
    public double LearningRate => _optimizer.LearningRate * _rateFactor;

    /// <summary>λ for this parameter: its group's, else the optimizer's; 0 for biases and norms where those do not decay.</summary>
    public double WeightDecay { get; }

    /// <summary>The number of this step, from 1, of this parameter: one that was frozen at first begins with its own first step.</summary>
    public long Step { get; internal set; }

    /// <summary>A state, by one of the optimizer's names for them; assign to it what it is to be after the step.</summary>
    /// <exception cref="GradusException">There is no state of this name, or what is assigned is of another shape, or not floating point.</exception>
    public Tensor this[string name]
    {
        get => Tensors[IndexOf(name)];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var index = IndexOf(name);
            if (value.Shape != Tensors[index].Shape || !value.DType.IsFloat)
            {
                throw new GradusException(
                    $"{_optimizer.GetType().Name}: the state {PlainText.Quote(name)} of {PlainText.Quote(Name)} would become {value.Describe()}, " +
                    $"expected {Tensors[index].Describe()}. A state keeps its shape; FirstState says which.");
            }

            Tensors[index] = value;
        }
    }

    internal Parameter Parameter { get; }

    /// <summary>The states, in the order of the optimizer's names for them; empty before the first step.</summary>
    internal Tensor[] Tensors { get; set; } = [];

    /// <summary>A running product, where the optimizer needs one.</summary>
    internal double Product { get; set; } = 1;

    /// <summary>The state at an index, or null if the optimizer keeps fewer.</summary>
    internal Tensor? At(int index) => index < Tensors.Length ? Tensors[index] : null;

    /// <summary>Holds that the parameter can be moved, and brings its states to its element type. It is called at every step: it only compares.</summary>
    /// <exception cref="GradusException">It has come to be computed from others, or its gradient does not fit it.</exception>
    internal void Prepare()
    {
        if (Parameter.UsedGradient is not { } gradient)
        {
            Parameter.RequireOwnValues("step");
            return;
        }

        var value = Parameter.Leaf;
        if (gradient.DType != value.DType || gradient.Shape != value.Shape) throw Misfit(gradient, value);
        Follow();
    }

    /// <summary>Brings the states to the parameter's element type.</summary>
    internal void Follow()
    {
        foreach (ref var tensor in Tensors.AsSpan()) tensor = Companion.Follow(tensor, Parameter);
    }

    // Apart, so that the checks are short enough to be inlined.
    private static GradusException Misfit(Tensor gradient, Tensor value) =>
        new($"step: the gradient is {gradient.Describe()}, the parameter {value.Describe()}.");

    /// <summary>The operands of a fused update.</summary>
    internal UpdateOperands Operands(Tensor gradient) => new(Parameter.Leaf, gradient, At(0), At(1), At(2));

    private int IndexOf(string name)
    {
        var index = Array.IndexOf(_optimizer.Names, name);
        if (index >= 0 && index < Tensors.Length) return index;
        var names = _optimizer.Names.Length == 0 ? "none" : PlainText.QuoteAll(_optimizer.Names);
        throw new GradusException(index >= 0
            ? $"{_optimizer.GetType().Name}: {PlainText.Quote(Name)} has no states before its first step."
            : $"{_optimizer.GetType().Name}: there is no state {PlainText.Quote(name)}; StateNames has {names}.");
    }
}

namespace Gradus.Onnx;

/// <summary>The steps of one direction of a recurrent network.</summary>
internal abstract class RecurrentSteps
{
    private readonly Func<Tensor, Tensor>[] _activations;

    protected RecurrentSteps(RecurrentCall run, int direction, params string[] defaults)
    {
        (Run, Direction) = (run, direction);
        InputWeight = run.Part(1, direction)!;
        HiddenWeight = run.Part(2, direction) ?? throw run.Call.Fault("input 2 is missing");
        Hidden = run.State(5, direction);
        var bias = run.Part(3, direction) ?? Tensor.Zeros([2 * run.Gates * run.Hidden], run.Input.DType);
        (InputBias, HiddenBias) = (bias.Slice(0, 0, run.Gates * run.Hidden), bias.Slice(0, run.Gates * run.Hidden, run.Gates * run.Hidden));
        var names = run.Call.Texts("activations");
        var own = names?.Skip(direction * defaults.Length).Take(defaults.Length).ToArray() ?? defaults;
        if (own.Length != defaults.Length) throw run.Call.Fault($"{names!.Length} activations, expected {defaults.Length} for each direction");
        HasDefaultActivations = own.SequenceEqual(defaults, StringComparer.OrdinalIgnoreCase);
        var first = names is null ? 0 : direction * defaults.Length;
        _activations = [.. own.Select((_, index) => RecurrentActivation.Of(run.Call, names ?? defaults, first + index))];
    }

    /// <summary>[batch, hidden].</summary>
    public Tensor Hidden { get; set; }

    /// <summary>The cell's state, of an LSTM.</summary>
    public Tensor? Cell { get; set; }

    protected RecurrentCall Run { get; }

    protected int Direction { get; }

    protected Tensor InputWeight { get; }

    protected Tensor HiddenWeight { get; }

    protected Tensor InputBias { get; }

    protected Tensor HiddenBias { get; }

    protected bool HasDefaultActivations { get; }

    /// <summary>Moves the state by a step's input [batch, features].</summary>
    public abstract void Step(Tensor input);

    /// <summary>Runs over a whole sequence by a kernel of its own; null where there is none for these settings.</summary>
    public virtual (Tensor Outputs, Tensor Hidden, Tensor? Cell)? RunAtOnce(Tensor input) => null;

    /// <summary>An activation of what is within the bound.</summary>
    protected Tensor Activate(int which, Tensor x) => _activations[which](Run.Clip > 0 ? x.Clamp(-Run.Clip, Run.Clip) : x);

    /// <summary>A gate's rows of a weight or bias.</summary>
    protected Tensor Gate(Tensor rows, int gate) => rows.Slice(0, gate * Run.Hidden, Run.Hidden);

    /// <summary>A weight's or bias's gates in another order.</summary>
    protected Tensor Ordered(Tensor rows, params ReadOnlySpan<int> order)
    {
        var parts = new Tensor[order.Length];
        for (var index = 0; index < parts.Length; index++) parts[index] = Gate(rows, order[index]);
        return Tensor.Concat(parts);
    }
}

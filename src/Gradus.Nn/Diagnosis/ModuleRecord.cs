namespace Gradus.Nn;

/// <summary>One module of the network that is examined, while it is being watched.</summary>
internal sealed class ModuleRecord(Module module, string path)
{
    private readonly OrderedDictionary<Op, ActivationRecord> _activations = [];
    private double _squares, _gradientSquares;
    private long _elements;

    public Module Module => module;

    public string Path => path;

    /// <summary>The module's type without its parameters: <c>Linear</c>.</summary>
    public string Type => TypeOf(module);

    public int Calls { get; private set; }

    /// <summary>The root mean square of what it gave; null if that were no numbers.</summary>
    public double? Activation => _elements > 0 ? Math.Sqrt(_squares / _elements) : null;

    /// <summary>The norm of the gradients that reached what it gave; null where none did.</summary>
    public double? Gradient { get; private set; }

    public IEnumerable<ActivationRecord> Activations => _activations.Values;

    /// <summary>What it gave at its last call, where that was one tensor: how much its rows differ, and the root mean square.</summary>
    public (double Spread, double Size)? LastOutput { get; private set; }

    /// <summary>An activation function, evaluated in the module itself.</summary>
    public ActivationRecord ActivationOf(Op op)
    {
        if (!_activations.TryGetValue(op, out var record)) _activations.Add(op, record = new ActivationRecord(op));
        return record;
    }

    public void See(IReadOnlyList<Tensor> outputs, bool isOutermost, List<IDisposable> hooks)
    {
        Calls++;
        foreach (var output in outputs.Where(static output => output.DType.IsFloat && output.Count > 0))
        {
            var squares = Measure.SquareSum(output);
            _squares += squares;
            _elements += output.Count;
            if (isOutermost) LastOutput = outputs.Count == 1 && output.Rank > 1 ? (Measure.Spread(output), Math.Sqrt(squares / output.Count)) : null;
            if (output.Node is null) continue;
            hooks.Add(output.RegisterHook(gradient =>
            {
                _gradientSquares += Measure.SquareSum(gradient);
                Gradient = Math.Sqrt(_gradientSquares);
                return null;
            }));
        }
    }

    public static string TypeOf(Module module) => module.GetType().Name.Split('`')[0];
}

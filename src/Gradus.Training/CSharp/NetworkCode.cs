using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The forward pass of a network as C#: a line or a few for each layer, over buffers of one piece of memory.</summary>
internal sealed partial class NetworkCode
{
    private readonly Dictionary<string, string> _tables = new(StringComparer.Ordinal);
    private readonly Scratch _scratch = new();

    // Values that are read once more.
    private readonly HashSet<int> _held = [];

    /// <summary>The weights.</summary>
    public WeightStore Weights { get; } = new();

    /// <summary>The lines.</summary>
    public CodeText Body { get; } = new();

    /// <summary>Numbers of memory.</summary>
    public int Memory => _scratch.Count;

    /// <summary>The parts of the runtime that the lines call.</summary>
    public HashSet<string> Uses { get; } = new(StringComparer.Ordinal) { "Product" };

    /// <summary>Tables that a new instance computes once, each a name and its value.</summary>
    public IEnumerable<(string Name, string Value)> Tables => _tables.Select(static table => (table.Value, table.Key));

    /// <summary>Room for a sample as it comes in.</summary>
    public Value Input(IReadOnlyList<int> shape) => shape switch
    {
        [var channels, var height, var width] => New(height * width, channels, channels) with { Height = height, Width = width, IsPlanar = true },
        [var rows, var columns] => New(rows, columns, columns),
        _ => New(1, shape[0], shape[0]),
    };

    /// <summary>Writes a module's forward pass, and gives back the memory of its input.</summary>
    /// <param name="name">The module's path, for comments.</param>
    /// <param name="module">The module.</param>
    /// <param name="x">Its input. It is not read afterwards.</param>
    public Value Forward(string name, Module module, Value x)
    {
        switch (module)
        {
            case Sequential layers:
                for (var index = 0; index < layers.Count; index++) x = Forward(Join(name, CodeText.Of($"{index}")), layers[index], x);
                return x;
            case Cnn cnn: return Forward("classifier", cnn.Classifier, Forward("features", cnn.Features, x));
            case LeNet lenet: return Forward("classifier", lenet.Classifier, Forward("features", lenet.Features, x));
            case Autoencoder pair: return Forward("decoder", pair.Decoder, Forward("encoder", pair.Encoder, x));
            case ResNet network: return Forward(network, x);
            case ResidualBlock block: return Forward(name, block, x);
            case RecurrentClassifier<Lstm> classifier: return Forward("out", classifier.Out, Run("rnn", classifier.Rnn, Steps(x)));
            case RecurrentClassifier<Gru> classifier: return Forward("out", classifier.Out, Run("rnn", classifier.Rnn, Steps(x)));
            case TableNetwork network: return Forward(name, network, x);
            case Linear linear: return Forward(name, linear, x);
            case PiecewiseLinear curves: return Forward(name, curves, x);
            case Conv2d convolution: return Forward(name, convolution, x);
            case BatchNorm2d norm: return Forward(name, norm, x);
            case LayerNorm norm: return Forward(name, norm, x);
            case MaxPool2d pool: return Pool(name, "Max", pool.Kernel, pool.Stride, pool.Padding, x);
            case AvgPool2d pool: return Pool(name, "Mean", pool.Kernel, pool.Stride, pool.Padding, x);
            case Nn.Flatten: return Flatten(name, x);
            case Relu or Tanh or Sigmoid or Gelu or Silu: return Apply(name, module.GetType().Name, x);
            case Identity or Dropout or Dropout1d or Dropout2d: return x; // In use they do nothing.
            default: throw new GradusException($"csharp: not supported is {name}: a {PlainText.Of(module.GetType().Name)} by itself.");
        }
    }

    private static string Join(string name, string part) => name.Length == 0 ? part : name + "." + part;

    private Value New(int rows, int columns, int pitch)
    {
        var length = WeightStore.Rounded(checked(rows * pitch));
        return new Value(_scratch.Take(length), length, rows, columns, pitch);
    }

    /// <summary>A value whose rows are whole vectors.</summary>
    private Value Padded(int rows, int columns) => New(rows, columns, WeightStore.Rounded(columns));

    private void Free(Value value)
    {
        if (!_held.Remove(value.At)) _scratch.Free(value.At, value.Length);
    }

    /// <summary>A field with a table, which equal ones share.</summary>
    private string Table(string value)
    {
        if (!_tables.TryGetValue(value, out var name)) _tables.Add(value, name = CodeText.Of($"_table{_tables.Count}"));
        return name;
    }

    private Value Apply(string name, string function, Value x)
    {
        Uses.Add(function);
        Body.Line($"// {name}: {function}");
        Body.Line($"Functions.Apply<{function}>({x.Code});");
        return x;
    }

    private static float[] NumbersOf(Tensor tensor) => tensor.Contiguous().ToArray<float>();

    private string BiasOf(Parameter? bias) => bias is null ? "default" : Weights.Add(NumbersOf(bias.Value));
}

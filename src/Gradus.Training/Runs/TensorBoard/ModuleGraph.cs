using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// The layers of a network as a graph that TensorBoard draws: a node for each module without parts, in the boxes of those that it is a part of, and an edge
/// from each layer to those that read what became of its output.
/// </summary>
public sealed class ModuleGraph
{
    private const string InputName = "input";

    private readonly List<TensorBoardNode> _nodes = [];
    private readonly HashSet<string> _names = [InputName];

    // Which layer gave a tensor or a node of the computation.
    private readonly Dictionary<object, string> _givers = new(ReferenceEqualityComparer.Instance);

    private ModuleGraph()
    {
    }

    /// <summary>The graph of one call of a network, in use: dropout drops nothing, and nothing is drawn or learnt.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">What it is called with: a sample or a few.</param>
    /// <exception cref="GradusException">The input does not fit the network.</exception>
    public static IReadOnlyList<TensorBoardNode> Of(Module<Tensor, Tensor> network, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        var graph = new ModuleGraph();
        using var recording = GradMode.Set(true);
        var read = input.DType.IsFloat ? input.Detach().RequireGrad() : input;
        graph._nodes.Add(new TensorBoardNode(InputName, "Input", []) { Output = [.. input.Shape.ToArray()] });
        graph.Give(InputName, read);
        using (Module.InUse()) Calls.Listen(graph, () => network.Forward(read));
        return graph._nodes;
    }

    private void Add(Module module, IEnumerable<Tensor> inputs, IEnumerable<Tensor> outputs)
    {
        if (module.Children.Count > 0) return;
        var name = NameOf(module.Path);
        var given = outputs.ToArray();
        // A layer that is called again is one node: a graph with circles would not be drawn in layers.
        if (_names.Add(name))
        {
            _nodes.Add(new TensorBoardNode(name, module.GetType().Name.Split('`')[0], [.. inputs.SelectMany(GiversOf).Distinct()])
            {
                Output = given.Length == 0 ? null : [.. given[0].Shape.ToArray()],
                Shapes = [.. module.OwnNamedParameters().Select(static own => ShapeOf(own.Name, own.Parameter))],
                Description = PlainText.Of(module.ToString()),
            });
        }

        foreach (var tensor in given) Give(name, tensor);
    }

    // The last one counts: a layer may hand on what it is given, as dropout does in use.
    private void Give(string name, Tensor tensor)
    {
        _givers[tensor] = name;
        if (tensor.Node is { } node) _givers[node] = name;
    }

    /// <summary>The layers that a tensor comes from, over what is computed between them.</summary>
    private IEnumerable<string> GiversOf(Tensor tensor)
    {
        if (_givers.TryGetValue(tensor, out var direct)) return [direct];
        var (found, seen, waiting) = (new List<string>(), new HashSet<Node>(ReferenceEqualityComparer.Instance), new Stack<Node>());
        if (tensor.Node is { } head) waiting.Push(head);
        while (waiting.TryPop(out var node))
        {
            if (!seen.Add(node)) continue;
            if (_givers.TryGetValue(node, out var giver))
            {
                found.Add(giver);
                continue;
            }

            foreach (var source in node.Inputs.Select(static one => one.Source).OfType<Node>().Reverse()) waiting.Push(source);
        }

        return found;
    }

    // A network that is one layer has no path.
    private static string NameOf(string path) => path.Length == 0 ? "network" : path.Replace('.', '/');

    private static KeyValuePair<string, IReadOnlyList<int>> ShapeOf(string name, Parameter parameter) =>
        KeyValuePair.Create<string, IReadOnlyList<int>>(name[(name.LastIndexOf('.') + 1)..], [.. parameter.Shape.ToArray()]);

    /// <summary>Hears of the calls.</summary>
    private sealed class Calls(ModuleGraph graph) : ModuleObserver
    {
        private readonly Stack<Module> _open = new();

        public static void Listen(ModuleGraph graph, Action call)
        {
            using (new Calls(graph).Listen()) call();
        }

        public override void Enter(Module module) => _open.Push(module);

        public override void Leave(object? input, object? output) => graph.Add(_open.Pop(), TensorsIn(input), TensorsOf.All(output));
    }
}

using Gradus.Formats;

namespace Gradus.Onnx.Tests;

/// <summary>Small models, made node by node.</summary>
internal static class Make
{
    public static NodeProto Node(string name, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { Operator = name, Name = $"{name}_{outputs[0]}" };
        node.Inputs.AddRange(inputs);
        node.Outputs.AddRange(outputs);
        node.Attributes.AddRange(attributes);
        return node;
    }

    public static AttributeProto Int(string name, long value) => new() { Name = name, Kind = AttributeKind.Int, Int = value };

    public static AttributeProto Float(string name, float value) => new() { Name = name, Kind = AttributeKind.Float, Float = value };

    public static AttributeProto Text(string name, string value) => new() { Name = name, Kind = AttributeKind.String, String = value };

    public static AttributeProto Graph(string name, GraphProto value) => new() { Name = name, Kind = AttributeKind.Graph, Graph = value };

    public static AttributeProto Value(string name, Tensor value) => new() { Name = name, Kind = AttributeKind.Tensor, Tensor = TensorProto.Of("", value) };

    public static AttributeProto Ints(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Kind = AttributeKind.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    public static ValueInfoProto Info(string name, DType dtype, params object[] sizes) => new()
    {
        Name = name,
        Type = TypeProto.Of(dtype.ToOnnx(), sizes.Select(static size => size is int number ? new OnnxDimension(number, null) : new(null, (string)size))),
    };

    /// <summary>A graph; all that is given as a value with a name becomes a constant.</summary>
    public static GraphProto GraphOf(ValueInfoProto[] inputs, NodeProto[] nodes, ValueInfoProto[] outputs, params (string Name, Tensor Value)[] constants)
    {
        var graph = new GraphProto { Name = "graph" };
        graph.Inputs.AddRange(inputs);
        graph.Nodes.AddRange(nodes);
        graph.Outputs.AddRange(outputs);
        graph.Initializers.AddRange(constants.Select(static constant => TensorProto.Of(constant.Name, constant.Value)));
        return graph;
    }

    public static ModelProto Model(GraphProto graph, int opset = 17)
    {
        var model = new ModelProto { IrVersion = 8, Graph = graph, Producer = "tests" };
        model.OperatorSets.Add(new OperatorSetId("", opset));
        return model;
    }

    public static byte[] Bytes(ModelProto model)
    {
        var writer = new WireWriter();
        model.Write(writer);
        var stream = new MemoryStream();
        writer.CopyTo(stream);
        return stream.ToArray();
    }

    public static OnnxModel Load(ModelProto model, OnnxOptions? options = null) => OnnxModel.Load(new MemoryStream(Bytes(model)), options, "test.onnx");

    /// <summary>relu(x·Wᵀ + b) with batch norm and dropout behind it.</summary>
    public static ModelProto Perceptron() => Model(GraphOf(
        [Info("x", DType.Float32, "batch", 3)],
        [
            Node("Gemm", ["x", "fc.weight", "fc.bias"], ["h"], Int("transB", 1)),
            Node("BatchNormalization", ["h", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"], ["n"], Float("momentum", 0.9f)),
            Node("Relu", ["n"], ["r"]),
            Node("Dropout", ["r", "ratio"], ["y"]),
        ],
        [Info("y", DType.Float32, "batch", 2)],
        ("fc.weight", Tensor.Of([[1f, 2f, 3f], [-1f, 0.5f, 2f]])), ("fc.bias", Tensor.Of(0.5f, -0.5f)), ("bn.weight", Tensor.Of(1f, 2f)),
        ("bn.bias", Tensor.Of(0f, 1f)), ("bn.running_mean", Tensor.Of(1f, 0f)), ("bn.running_var", Tensor.Of(4f, 1f)), ("ratio", Tensor.Scalar(0.5f))));

    /// <summary>A loop that doubles x as often as n says, inside of a branch that is taken where x has a sum above 0.</summary>
    public static ModelProto Branches()
    {
        var body = GraphOf(
            [Info("turn", DType.Int64), Info("goes", DType.Bool), Info("before", DType.Float32, "n")],
            [Node("Mul", ["before", "two"], ["after"]), Node("Identity", ["goes"], ["goes_on"])],
            [Info("goes_on", DType.Bool), Info("after", DType.Float32, "n")]);
        var loop = Node("Loop", ["n", "", "x"], ["doubled"], Graph("body", body));
        var taken = GraphOf([], [loop], [Info("doubled", DType.Float32, "n")], ("two", Tensor.Scalar(2f)));
        var other = GraphOf([], [Node("Neg", ["x"], ["negative"])], [Info("negative", DType.Float32, "n")]);
        return Model(GraphOf(
            [Info("x", DType.Float32, "n"), Info("n", DType.Int64)],
            [
                Node("ReduceSum", ["x"], ["sum"], Int("keepdims", 0)),
                Node("Greater", ["sum", "zero"], ["isPositive"]),
                Node("If", ["isPositive"], ["y"], Graph("then_branch", taken), Graph("else_branch", other)),
            ],
            [Info("y", DType.Float32, "n")],
            ("zero", Tensor.Scalar(0f))));
    }

    /// <summary>A function of the file's own: f(x) = alpha·x + 1, called twice.</summary>
    public static ModelProto Functions()
    {
        var call = Node("Affine", ["x"], ["h"], Float("alpha", 3));
        var again = Node("Affine", ["h"], ["y"]);
        (call.Domain, again.Domain) = ("local", "local");
        var model = Model(GraphOf([Info("x", DType.Float32, 2)], [call, again], [Info("y", DType.Float32, 2)]));
        var function = new FunctionProto { Name = "Affine", Domain = "local" };
        function.Inputs.Add("in");
        function.Outputs.Add("out");
        function.Defaults.Add(Float("alpha", 2));
        function.OperatorSets.Add(new OperatorSetId("", 17));
        var constant = Node("Constant", [], ["a"], new AttributeProto { Name = "value_float", Kind = AttributeKind.Float, Reference = "alpha" });
        var one = Node("Constant", [], ["one"], Value("value", Tensor.Scalar(1f)));
        function.Nodes.AddRange([constant, Node("Mul", ["in", "a"], ["m"]), one, Node("Add", ["m", "one"], ["out"])]);
        model.Functions.Add(function);
        model.OperatorSets.Add(new OperatorSetId("local", 1));
        return model;
    }
}

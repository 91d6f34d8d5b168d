using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Onnx.Tests.Export;

public class OnnxExportTests
{
    [Fact]
    public void Parameters_keep_their_paths_and_nodes_say_where_they_belong()
    {
        // given
        using var folder = new ExportFolder();
        var model = new ResNet20(1);

        // when
        model.SaveOnnx(folder.At("model.onnx"), Tensor.Zeros([1, 1, 8, 8]), new() { Opset = 22 });

        // then
        var graph = ExportedFile.Read(folder.At("model.onnx")).Graph!;
        var names = model.State().Keys.Where(static name => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal));
        var constants = graph.Initializers.Select(static tensor => tensor.Name);
        Assert.Equal(names.Order(), constants.Where(static name => !name.StartsWith("constant", StringComparison.Ordinal)).Order());
        var node = Assert.Single(graph.Nodes, static node => node.Name == "/layer1/0/conv1/Conv");
        Assert.Equal(["layer1.0.conv1.weight"], node.Inputs.Skip(1));
        Assert.Equal([new("gradus.module", "layer1.0.conv1")], node.Metadata);
        Assert.Equal(["input"], graph.Inputs.Select(static value => value.Name));
        Assert.Equal(["output"], graph.Outputs.Select(static value => value.Name));
        Assert.Equal("[batch, 1, 8, 8]", Text(graph.Inputs[0]));
        Assert.Equal("[batch, 10]", Text(graph.Outputs[0]));
        // of every value between there is a shape
        Assert.Equal(
            graph.Nodes.SelectMany(static node => node.Outputs).Except(["output"]).Order(), graph.Values.Select(static value => value.Name).Order());
        Assert.Contains(graph.Values, static value => value.Name == "/layer1/0/conv1/Conv_output_0" && Text(value) == "[batch, 16, 8, 8]");
    }

    [Theory, InlineData(13, 7), InlineData(15, 8), InlineData(18, 8), InlineData(19, 9), InlineData(21, 10), InlineData(23, 11), InlineData(24, 12),
        InlineData(26, 13)]
    public void A_file_is_of_the_least_version_that_its_operators_need(int opset, int version)
    {
        // given
        using var folder = new ExportFolder();

        // when
        new Linear(2, 3).SaveOnnx(folder.At("model.onnx"), Tensor.Zeros([1, 2]), new()
        {
            Opset = opset,
            InputNames = ["x"],
            OutputNames = ["y"],
            Metadata = [new("author", "us")],
            Description = "A plane.",
        });

        // then
        var model = ExportedFile.Read(folder.At("model.onnx"));
        Assert.Equal(version, model.IrVersion);
        Assert.Equal([new OperatorSetId("", opset)], model.OperatorSets);
        Assert.Equal(("Gradus", "A plane."), (model.Producer, model.Doc));
        Assert.NotEmpty(model.ProducerVersion);
        Assert.Equal([new("author", "us")], model.Metadata);
        Assert.Equal(["x", "weight", "bias", "y"], [.. model.Graph!.Nodes[0].Inputs, .. model.Graph.Nodes[0].Outputs]);
    }

    [Fact]
    public void Tied_parameters_are_written_once()
    {
        // given
        using var folder = new ExportFolder();
        var (first, second) = (new Linear(3, 3, bias: false), new Linear(3, 3, bias: false));
        second.Weight = first.Weight;

        // when
        new Sequential(first, new Relu(), second).SaveOnnx(folder.At("model.onnx"), Tensor.Zeros([1, 3]));

        // then
        Assert.Equal(["0.weight"], ExportedFile.Read(folder.At("model.onnx")).Graph!.Initializers.Select(static tensor => tensor.Name));
    }

    [Fact]
    public void Weights_that_are_computed_from_others_are_computed_once()
    {
        // given
        using var folder = new ExportFolder();
        var layer = new Linear(3, 2);
        WeightNorm.Apply(layer);

        // when
        layer.SaveOnnx(folder.At("model.onnx"), Tensor.Randn([2, 3]), new() { Verify = true });

        // then
        Assert.Equal("Gemm", ExportedFile.Operators(ExportedFile.Read(folder.At("model.onnx"))));
    }

    [Fact]
    public void A_network_with_adapters_is_written_as_it_computes()
    {
        // given
        using var folder = new ExportFolder();
        var model = Mlp.Create(4, [8], 3);
        model.Initialize(1);
        Lora.Attach(model, new() { Rank = 2 });
        foreach (var parameter in model.Parameters()) parameter.Value.Detach().CopyFrom(Tensor.Randn(parameter.Shape));
        var x = Tensor.Randn([2, 4]);

        // when
        model.SaveOnnx(folder.At("model.onnx"), x, new() { Verify = true });

        // then
        using var run = new OnnxRun(folder.At("model.onnx"));
        using var noGrad = new NoGrad();
        Assert.InRange(ExportCheck.Difference(model.Forward(x), run.Run(x)[0]), 0, 1e-5);
    }

    [Fact]
    public void A_model_that_was_loaded_is_written_anew()
    {
        // given
        using var folder = new ExportFolder();
        var options = new TransformerClassifierOptions { Layers = 1, Heads = 2, Width = 4 };
        Module<Tensor, Tensor>[] models = [new LeNet(1, 12, 15, 4), new LstmClassifier(180, 3, 4), new TransformerClassifier(180, 4, options)];
        foreach (var model in models)
        {
            var x = Tensor.Randn([2, 1, 12, 15]);
            if (model is not LeNet) x = x.Flatten(2);
            model.SaveOnnx(folder.At("first.onnx"), x);

            // when
            OnnxModel.Load(folder.At("first.onnx")).SaveOnnx(folder.At("second.onnx"), x, new() { Opset = 13, Verify = true });

            // then
            using var run = new OnnxRun(folder.At("second.onnx"));
            using var noGrad = new NoGrad();
            model.Eval();
            Assert.InRange(ExportCheck.Difference(model.Forward(x), run.Run(x)[0]), 0, 1e-5);
        }
    }

    [Theory, InlineData(DType.Float64), InlineData(DType.Float16)]
    public void A_network_of_another_element_type_is_written_in_it(DType type)
    {
        // given
        using var folder = new ExportFolder();
        var model = new Sequential(new Linear(5, 4), new LayerNorm(4), new Tanh(), new Flatten(), new Linear(3), new Softmax());
        var x = Tensor.Randn([2, 3, 5]);
        model.Forward(x);
        model.Eval();
        model.To(type);

        // when
        model.SaveOnnx(folder.At("model.onnx"), x.To(type), new() { Verify = type == DType.Float64 });

        // then
        var graph = ExportedFile.Read(folder.At("model.onnx")).Graph!;
        Assert.Equal(type.ToOnnx(), graph.Inputs[0].Type!.ElementType);
        Assert.Equal(type.ToOnnx(), graph.Outputs[0].Type!.ElementType);
        using var run = new OnnxRun(folder.At("model.onnx"));
        using var noGrad = new NoGrad();
        Assert.InRange(ExportCheck.Difference(model.Forward(x.To(type)), run.Run(x.To(type))[0]), 0, type == DType.Float64 ? 1e-6 : 2e-3);
    }

    [Fact]
    public void What_depends_on_the_batch_is_computed_from_it()
    {
        // given
        using var folder = new ExportFolder();
        static Tensor[] Compute(Tensor[] x) =>
        [
            x[0].Reshape(2, x[0].Shape[0], 2), x[0].Select(0, x[0].Shape[0] - 1), x[0].Slice(0, 1, x[0].Shape[0] - 1), x[0].Pad(0, 0, x[0].Shape[0]),
            x[0] + Tensor.Zeros([x[0].Shape[0], 1]) + Tensor.Arange(x[0].Shape[0]).Unsqueeze(1), Tensor.Concat([x[0], x[0]], 0).Flatten(),
        ];

        // when
        OnnxExport.Save(folder.At("model.onnx"), Compute, [Tensor.Randn([1, 4])], new() { Verify = true });

        // then
        using var run = new OnnxRun(folder.At("model.onnx"));
        foreach (var batch in (int[])[1, 6])
        {
            var x = Tensor.Randn([batch, 4]);
            Assert.All(Compute([x]).Zip(run.Run(x)), static pair => Assert.Equal(0, ExportCheck.Difference(pair.First, pair.Second)));
        }
    }

    [Fact]
    public void A_part_of_a_network_has_paths_of_its_own()
    {
        // given
        using var folder = new ExportFolder();
        var part = new Linear(2, 2);
        _ = new Sequential(new Sequential(new Relu(), part));

        // when
        part.SaveOnnx(folder.At("model.onnx"), Tensor.Zeros([1, 2]));

        // then
        var graph = ExportedFile.Read(folder.At("model.onnx")).Graph!;
        Assert.Equal(["weight", "bias"], graph.Initializers.Select(static tensor => tensor.Name));
        Assert.Equal("/Gemm", graph.Nodes[0].Name);
    }

    [Fact]
    public void A_module_of_several_inputs_and_outputs_is_called_by_a_function()
    {
        // given
        using var folder = new ExportFolder();
        var lstm = new Lstm(3, 2, new() { BatchFirst = true });
        Tensor[] example = [Tensor.Randn([2, 4, 3]), Tensor.Randn([1, 2, 2]), Tensor.Randn([1, 2, 2])];

        // when
        lstm.SaveOnnx(
            folder.At("model.onnx"),
            x => lstm.Forward(new LstmInput(x[0], (x[1], x[2]))) is var (output, state) ? [output, state.Hidden, state.Cell] : [],
            example, new() { InputNames = ["x", "h", "c"], OutputNames = ["y", "h_n", "c_n"], BatchAxes = [0, 1, 1], Verify = true });

        // then
        using var run = new OnnxRun(folder.At("model.onnx"));
        Assert.Equal(["x", "h", "c"], run.Inputs);
        var found = run.Run(Tensor.Randn([5, 4, 3]), Tensor.Randn([1, 5, 2]), Tensor.Randn([1, 5, 2]));
        Assert.Equal<Shape>([[5, 4, 2], [1, 5, 2], [1, 5, 2]], found.Select(static tensor => tensor.Shape));
    }

    [Fact]
    public void A_computation_without_modules_is_written_too()
    {
        // given
        using var folder = new ExportFolder();
        var weight = Tensor.Of(2.0f, 3.0f);

        // when: an output that is an input, one that is a constant, and one value twice
        OnnxExport.Save(
            folder.At("model.onnx"), x => (x[0] * weight) is var product ? [product, x[0], weight, product] : [], [Tensor.Of([[1.0f, 1.0f]])]);

        // then
        using var run = new OnnxRun(folder.At("model.onnx"));
        var found = run.Run(Tensor.Of([[1.0f, 2.0f], [3.0f, 4.0f]]));
        Assert.Equal([2, 6, 6, 12], found[0].ToArray<float>());
        Assert.Equal([1, 2, 3, 4], found[1].ToArray<float>());
        Assert.Equal([2, 3], found[2].ToArray<float>());
        Assert.Equal(found[0].ToArray<float>(), found[3].ToArray<float>());
    }

    [Fact]
    public void A_function_of_ones_own_is_what_it_computes()
    {
        // given
        using var folder = new ExportFolder();

        // when
        OnnxExport.Save(folder.At("model.onnx"), static x => [new Doubled().Apply(x[0])], [Tensor.Ones([2])]);

        // then
        Assert.Equal("Mul", ExportedFile.Operators(ExportedFile.Read(folder.At("model.onnx"))));
    }

    [Fact]
    public void A_network_in_training_is_written_as_it_is_in_use_and_stays_in_training()
    {
        // given
        using var folder = new ExportFolder();
        var model = new Sequential(new Linear(3, 4), new BatchNorm1d(4), new Dropout(0.5));
        model.Train();

        // when
        model.SaveOnnx(folder.At("model.onnx"), Tensor.Randn([2, 3]), new() { Verify = true });

        // then
        Assert.Equal("Gemm, BatchNormalization", ExportedFile.Operators(ExportedFile.Read(folder.At("model.onnx"))));
        Assert.True(model.IsTraining);
        Assert.Equal(0, model.State()["1.num_batches_tracked"].Item());
    }

    [Fact]
    public void Batch_norms_are_folded_where_that_is_asked_for()
    {
        // given
        using var folder = new ExportFolder();
        var model = new ResNet20(1);
        model.Initialize(1);
        foreach (var name in model.State().Keys.Where(static name => name.Contains("running_", StringComparison.Ordinal)))
            model.State()[name].CopyFrom(Tensor.Rand(model.State()[name].Shape) + 0.5);
        model.Eval();
        var images = Tensor.Randn([3, 1, 8, 8]);

        // when
        model.SaveOnnx(folder.At("model.onnx"), images, new() { FoldBatchNorm = true, Verify = true });

        // then
        Assert.Equal("Conv ×21, Relu ×19, Add ×9, ReduceMean, Gemm", ExportedFile.Operators(ExportedFile.Read(folder.At("model.onnx"))));
        using var run = new OnnxRun(folder.At("model.onnx"));
        using var noGrad = new NoGrad();
        Assert.InRange(ExportCheck.Difference(model.Forward(images), run.Run(images)[0]), 0, 1e-5);
    }

    [Fact]
    public void A_fixed_batch_is_part_of_the_file_where_that_is_asked_for()
    {
        // given
        using var folder = new ExportFolder();

        // when
        new Flatten().SaveOnnx(folder.At("model.onnx"), Tensor.Zeros([7, 2, 3]), new() { DynamicBatch = false });

        // then
        Assert.Equal("[7, 2, 3]", Text(ExportedFile.Read(folder.At("model.onnx")).Graph!.Inputs[0]));
    }

    [Fact]
    public void Equal_networks_give_equal_files()
    {
        // given
        using var folder = new ExportFolder();
        static LeNet Network()
        {
            var network = new LeNet();
            network.Initialize(5);
            return network;
        }

        // when
        Network().SaveOnnx(folder.At("first.onnx"), Tensor.Zeros([2, 1, 28, 28]));
        Network().SaveOnnx(folder.At("second.onnx"), Tensor.Ones([3, 1, 28, 28]));

        // then: the example's sizes count, not its numbers or its batch
        Assert.Equal(File.ReadAllBytes(folder.At("first.onnx")), File.ReadAllBytes(folder.At("second.onnx")));
    }

    [Fact]
    public void Tensors_go_into_a_second_file_where_one_would_be_too_large()
    {
        // given
        using var folder = new ExportFolder();
        var model = new Sequential(new Linear(100, 50), new Relu(), new Linear(50, 2));
        var x = Tensor.Randn([2, 100]);

        // when
        model.SaveOnnx(folder.At("model.onnx"), x, new() { ExternalDataFrom = 10_000, Verify = true });

        // then
        Assert.Equal(["model.onnx", "model.onnx.data"], folder.Files);
        var outside = ExportedFile.Read(folder.At("model.onnx")).Graph!.Initializers.Where(static tensor => tensor.IsExternal).ToArray();
        Assert.Equal(["0.weight"], outside.Select(static tensor => tensor.Name));
        Assert.All(outside, static tensor => Assert.Equal(0, long.Parse(tensor.External.Single(static entry => entry.Key == "offset").Value, null) % 4096));
        using var run = new OnnxRun(folder.At("model.onnx"));
        using var noGrad = new NoGrad();
        Assert.InRange(ExportCheck.Difference(model.Forward(x), run.Run(x)[0]), 0, 1e-5);
    }

    private sealed class Doubled : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs) => inputs[0] * 2;

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * 2];
    }

    private static string Text(ValueInfoProto value) => $"[{string.Join(", ", value.Type!.Shape!)}]";
}

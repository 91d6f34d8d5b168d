using Gradus.Nn;

namespace Gradus.Onnx.Tests;

public class OnnxModelTests
{
    [Fact]
    public void Constants_become_parameters_and_buffers_under_their_names()
    {
        // when
        var model = Make.Load(Make.Perceptron());

        // then
        Assert.Equal(["fc.weight", "fc.bias", "bn.weight", "bn.bias"], model.NamedParameters().Select(static named => named.Name));
        Assert.Equal(["bn.running_mean", "bn.running_var", "ratio"], model.NamedBuffers().Select(static named => named.Name));
        Assert.False(model.IsTraining);
        Assert.Equal(["x f32[batch, 3]"], model.Inputs.Select(static input => input.ToString()));
    }

    [Fact]
    public void Training_moves_the_statistics_of_batch_norm_and_drops()
    {
        // given
        var model = Make.Load(Make.Perceptron());
        model.Initialize(1, keepValues: true);
        var x = Tensor.Randn([64, 3], generator: new Generator(5));
        var inUse = model.Forward(x);
        var hidden = x.Linear(model.State()["fc.weight"], model.State()["fc.bias"]);

        // when
        model.Train();
        var inTraining = model.Forward(x);

        // then
        var mean = model.State()["bn.running_mean"];
        Assert.True(mean.AllClose((Tensor.Of(1f, 0f) * 0.9) + (hidden.Mean(0) * 0.1), 1e-5, 1e-6));
        Assert.True(inTraining.Equal(0.0).To(DType.Int64).Sum().Item() > inUse.Equal(0.0).To(DType.Int64).Sum().Item());
    }

    [Fact]
    public void It_learns_by_any_optimizer_and_is_saved_as_ONNX()
    {
        // given
        using var folder = new TemporaryFile(".onnx");
        var model = Make.Load(Make.Perceptron());
        var (x, target) = (Tensor.Randn([16, 3], generator: new Generator(5)), Tensor.Ones([16, 2]));
        var optimizer = new Sgd(model.Parameters(), 0.01);
        var before = Losses.MeanSquaredError(model.Forward(x), target).Item();

        // when
        for (var step = 0; step < 50; step++)
        {
            optimizer.ZeroGrad();
            Losses.MeanSquaredError(model.Forward(x), target).Backward();
            optimizer.Step();
        }

        model.Save(folder.Path);
        var again = OnnxModel.Load(folder.Path);

        // then
        Assert.True(Losses.MeanSquaredError(again.Forward(x), target).Item() < before / 2);
        Assert.Equal(model.Forward(x).ToArray<float>(), again.Forward(x).ToArray<float>());
    }

    [Theory]
    [InlineData(3, 1f, 8f)]
    [InlineData(0, 1f, 1f)]
    [InlineData(3, -1f, 1f)]
    public void Gradients_go_through_branches_and_loops(long turns, float value, float expected)
    {
        // given
        var model = Make.Load(Make.Branches());
        var x = Tensor.Of(value, value).RequireGrad();

        // when
        var y = model.Run(x, Tensor.Scalar(turns))[0];
        y.Sum().Backward();

        // then
        Assert.Equal([expected * Math.Abs(value), expected * Math.Abs(value)], y.ToArray<float>());
        var slope = value > 0 ? expected : -1;
        Assert.Equal([slope, slope], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Functions_of_the_file_take_the_attributes_of_their_callers() =>
        Assert.Equal([9f, 15f], Make.Load(Make.Functions()).Forward(Tensor.Of(1f, 2f)).ToArray<float>());

    [Fact]
    public void Nodes_may_stand_in_any_order()
    {
        // given
        var model = Make.Perceptron();
        model.Graph!.Nodes.Reverse();

        // when
        var result = Make.Load(model).Forward(Tensor.Ones([1, 3]));

        // then
        Assert.Equal(Make.Load(Make.Perceptron()).Forward(Tensor.Ones([1, 3])).ToArray<float>(), result.ToArray<float>());
    }

    [Fact]
    public void All_that_is_not_supported_is_told_at_once()
    {
        // given
        var strange = Make.Node("Swizzle", ["x"], ["a"]);
        strange.Domain = "com.example";
        var model = Make.Model(Make.GraphOf(
            [Make.Info("x", DType.Float32, 2)],
            [strange, Make.Node("Bernoulli", ["a"], ["b"]), Make.Node("Cast", ["b"], ["c"], Make.Int("to", 2)), Make.Node("RandomNormalLike", ["c"], ["y"])],
            [Make.Info("y", DType.Float32, 2)]));

        // when
        var message = Assert.Throws<GradusException>(() => Make.Load(model)).Message;

        // then
        Assert.Contains("operator Swizzle of domain com.example (1 node): Swizzle_a", message);
        Assert.Contains("operator Bernoulli of opset 17 (1 node): Bernoulli_b", message);
        Assert.Contains("node Cast_c (Cast): elements of type uint8", message);
        Assert.Contains("RandomNormalLike_y (RandomNormalLike) draws random numbers, which OnnxOptions.AllowsRandom allows", message);
    }

    [Fact]
    public void An_operator_of_ones_own_is_computed_and_differentiated()
    {
        // given
        var strange = Make.Node("Cube", ["x"], ["y"], Make.Float("scale", 2));
        strange.Domain = "com.example";
        var model = Make.Model(Make.GraphOf([Make.Info("x", DType.Float32, 2)], [strange], [Make.Info("y", DType.Float32, 2)]));
        var options = OnnxOptions.Default.With("com.example", "Cube", static call => call[0] * call[0] * call[0] * call.Float("scale", 1));
        var x = Tensor.Of(1f, 3f).RequireGrad();

        // when
        var y = Make.Load(model, options).Forward(x);
        y.Sum().Backward();

        // then
        Assert.Equal([2f, 54f], y.ToArray<float>());
        Assert.Equal([6f, 54f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_told()
    {
        var model = Make.Load(Make.Perceptron());
        Assert.Contains("input x f32[batch, 3] is expected, got f32[2,4]", Assert.Throws<GradusException>(() => model.Forward(Tensor.Zeros([2, 4]))).Message);
        Assert.Contains("got 2 inputs, expected 1", Assert.Throws<GradusException>(() => model.Run(Tensor.Zeros([2, 3]), Tensor.Zeros([2, 3]))).Message);
        var strange = new Dictionary<string, Tensor> { ["z"] = Tensor.Zeros([1]) };
        Assert.Contains("there is no input z", Assert.Throws<GradusException>(() => model.Run(strange)).Message);
    }

    [Fact]
    public void A_file_tells_what_it_holds_without_being_loaded()
    {
        // given
        using var file = new TemporaryFile(".onnx");
        File.WriteAllBytes(file.Path, Make.Bytes(Make.Perceptron()));

        // when
        var info = OnnxInfo.Read(file.Path);

        // then
        Assert.Equal((8, 17), (info.IrVersion, info.Opsets["ai.onnx"]));
        Assert.Equal(7, info.Constants.Count);
        Assert.Equal(["BatchNormalization", "Dropout", "Gemm", "Relu"], info.Operators.Select(static entry => entry.Key));
        Assert.Empty(info.Unsupported);
    }

    private sealed class TemporaryFile(string extension) : IDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName() + extension);

        public void Dispose() => File.Delete(Path);
    }
}

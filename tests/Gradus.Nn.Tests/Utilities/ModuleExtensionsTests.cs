namespace Gradus.Nn.Tests.Utilities;

public class ModuleExtensionsTests
{
    private static readonly Tensor X = Tensor.Randn([4, 3], generator: new Generator(1));

    [Fact]
    public void A_clone_does_the_same_and_shares_no_memory()
    {
        // given
        static Sequential Make() => new(new Linear(4), new BatchNorm1d(), new Linear(2));
        var model = Make();
        model.Initialize(1);
        _ = model.Forward(X);
        model.Eval();
        model.Freeze("0");

        // when
        var clone = model.Clone(Make);
        var before = clone.Forward(X).ToArray<float>();
        model.VectorToParameters(model.ParametersToVector() * 2);

        // then
        Assert.Equal(before, clone.Forward(X).ToArray<float>());
        Assert.NotEqual(before, model.Forward(X).ToArray<float>());
        Assert.False(clone[1].IsTraining);
        Assert.Equal([true, true, false, false, false, false], clone.Parameters().Select(static parameter => parameter.IsFrozen));
    }

    [Theory]
    [InlineData("0", 2), InlineData("0.weight", 1), InlineData("*.bias", 2), InlineData("*", 4), InlineData("1.w*t", 1)]
    public void Parameters_are_frozen_by_name(string pattern, int count)
    {
        // given
        var model = new Sequential(new Linear(3, 4), new Linear(4, 2));

        // when
        var frozen = model.Freeze(pattern);

        // then
        Assert.Equal(count, frozen);
        Assert.Equal(count, model.Parameters().Count(static parameter => parameter.IsFrozen));
        Assert.Equal(count, model.Unfreeze(pattern));
        Assert.DoesNotContain(model.Parameters(), static parameter => parameter.IsFrozen);
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_refused()
    {
        // given
        var model = new Sequential(new Linear(3, 4));

        // when
        var error = Assert.Throws<GradusException>(() => model.Freeze("encoder"));

        // then
        Assert.Equal("freeze: no parameter's name is like encoder; there are 0.weight, 0.bias.", error.Message);
    }

    [Fact]
    public void Parameters_become_a_vector_and_come_back()
    {
        // given
        Sequential from = new(new Linear(3, 4), new Linear(4, 2)), to = new(new Linear(3, 4), new Linear(4, 2));

        // when
        var vector = from.ParametersToVector();
        to.VectorToParameters(vector);

        // then
        Assert.Equal([26], vector.Shape);
        Assert.Equal(from.Forward(X).ToArray<float>(), to.Forward(X).ToArray<float>());
        Assert.Equal("vectorToParameters: expected [26], got f32[25].", Assert.Throws<GradusException>(() => to.VectorToParameters(Tensor.Ones([25]))).Message);
    }

    [Fact]
    public void A_call_with_other_parameters_differentiates_with_respect_to_them()
    {
        // given
        var model = new Sequential(new Linear(3, 1, bias: false));
        var weight = Tensor.Of([[1f, 2f, 3f]]).RequireGrad();
        var before = model.Forward(X).ToArray<float>();

        // when
        var output = model.FunctionalCall(new Dictionary<string, Tensor> { ["0.weight"] = weight }, X);
        output.Sum().Backward();

        // then
        Assert.Equal(X.Linear(weight).ToArray<float>(), output.ToArray<float>());
        Assert.True(weight.Grad!.Flatten().AllClose(X.Sum(0), 1e-5, 1e-5));
        Assert.Equal(before, model.Forward(X).ToArray<float>());
        Assert.Null(model.Parameters().Single().Grad);
    }

    [Fact]
    public void Other_threads_see_nothing_of_other_parameters()
    {
        // given
        var model = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2));
        model.Initialize(1);
        var own = model.Forward(X).ToArray<float>();
        Dictionary<string, Tensor>[] others = [.. Enumerable.Range(2, 3)
            .Select(static seed => new Dictionary<string, Tensor> { ["0.weight"] = Tensor.Randn([4, 3], generator: new Generator(seed)) })];
        float[][] alone = [.. others.Select(other => model.FunctionalCall(other, X).ToArray<float>())];

        // when
        var together = new float[400][];
        Parallel.For(
            0, together.Length, index => together[index] = (index % 4 == 3 ? model.Forward(X) : model.FunctionalCall(others[index % 4], X)).ToArray<float>());

        // then
        Assert.All(together.Index(), entry => Assert.Equal(entry.Index % 4 == 3 ? own : alone[entry.Index % 4], entry.Item));
    }

    [Fact]
    public void A_functional_call_inside_another_keeps_what_the_outer_one_replaced()
    {
        // given
        var model = new Linear(3, 2);
        Tensor weight = Tensor.Randn([2, 3], generator: new Generator(2)), bias = Tensor.Randn([2], generator: new Generator(3));
        var inner = new Sequential(new Identity());
        using var hook = inner.RegisterForwardHook((_, x) => model.FunctionalCall(new Dictionary<string, Tensor> { ["bias"] = bias }, x));
        var outer = new Sequential(inner, new Identity());

        // when
        var output = new Both(model, outer).FunctionalCall(new Dictionary<string, Tensor> { ["model.weight"] = weight }, X);

        // then
        Assert.Equal(X.Linear(weight, bias).ToArray<float>(), output.ToArray<float>());
    }

    [Fact]
    public void A_batch_norm_in_use_can_be_part_of_the_layer_before()
    {
        // given
        var images = Tensor.Randn([2, 3, 6, 6], generator: new Generator(2));
        var lines = images.Flatten(2);
        var (conv2d, norm2d) = (new Conv2d(3, 4, 3, new() { Stride = 2, Padding = 1, Bias = false }), new BatchNorm2d(4));
        var (conv1d, norm1d) = (new Conv1d(3, 6, 3, new() { Groups = 3 }), new BatchNorm1d(6));
        var (linear, norm) = (new Linear(3, 4), new BatchNorm1d(4, affine: false));
        _ = (norm2d.Forward(conv2d.Forward(images)), norm1d.Forward(conv1d.Forward(lines)), norm.Forward(linear.Forward(X)));
        norm2d.Eval();
        norm1d.Eval();
        norm.Eval();

        // when
        var (fused2d, fused1d, fused) = (Fusion.Fuse(conv2d, norm2d), Fusion.Fuse(conv1d, norm1d), Fusion.Fuse(linear, norm));

        // then
        Assert.True(fused2d.Forward(images).AllClose(norm2d.Forward(conv2d.Forward(images)), 1e-4, 1e-5));
        Assert.True(fused1d.Forward(lines).AllClose(norm1d.Forward(conv1d.Forward(lines)), 1e-4, 1e-5));
        Assert.True(fused.Forward(X).AllClose(norm.Forward(linear.Forward(X)), 1e-4, 1e-5));
        Assert.Equal("Conv2d(3 → 4, 3×3, stride 2, padding 1)", fused2d.ToString());
    }

    [Fact]
    public void A_batch_norm_of_volumes_can_be_part_of_a_convolution_whose_padding_reflects()
    {
        // given
        var volumes = Tensor.Randn([2, 2, 3, 4, 3], generator: new Generator(2));
        var layer = new Conv3d(4, (2, 3, 1), new() { Padding = (1, 1, 0), Groups = 2, PaddingMode = PadMode.Reflect });
        var norm = new BatchNorm3d();
        _ = norm.Forward(layer.Forward(volumes));
        norm.Eval();

        // when
        var fused = Fusion.Fuse(layer, norm);

        // then
        Assert.True(fused.Forward(volumes).AllClose(norm.Forward(layer.Forward(volumes)), 1e-4, 1e-5));
        Assert.Equal("Conv3d(2 → 4, 2×3×1, padding 1×1×0, 2 groups, padding reflected)", fused.ToString());
    }

    /// <summary>A module whose second part calls its first.</summary>
    private sealed class Both : Module<Tensor, Tensor>
    {
        public Both(Linear model, Sequential caller) => (Model, Caller) = (model, caller);

        private Linear Model { get; set => field = Register(value); }

        private Sequential Caller { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Caller.Forward(input);
    }
}

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
        Assert.Equal("freeze: no parameter is named encoder; there are 0.weight, 0.bias.", error.Message);
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
    public void A_batch_norm_in_use_can_be_part_of_the_layer_before()
    {
        // given
        var images = Tensor.Randn([2, 3, 6, 6], generator: new Generator(2));
        var lines = images.Flatten(2);
        var (conv2d, norm2d) = (new Conv2d(3, 4, 3, stride: 2, padding: 1, bias: false), new BatchNorm2d(4));
        var (conv1d, norm1d) = (new Conv1d(3, 6, 3, groups: 3), new BatchNorm1d(6));
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
}

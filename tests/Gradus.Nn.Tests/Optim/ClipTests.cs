namespace Gradus.Nn.Tests;

public class ClipTests
{
    [Fact]
    public void All_gradients_are_scaled_together_to_a_norm()
    {
        // given: norms 3 and 4, together 5; the second is expanded from one number
        Tensor first = Tensor.Zeros([1]).RequireGrad(), second = Tensor.Zeros([4]).RequireGrad(), third = Tensor.Zeros([2]).RequireGrad();
        first.Grad = Tensor.Of(3f);
        second.Grad = Tensor.Of(2f).Expand(4);

        // when
        var norm = Clip.ByNorm([first, second, third], 1);
        var small = Clip.ByNorm([first, second, third], 10);

        // then
        Assert.Equal(5, norm, 1e-6);
        Assert.Equal(1, small, 1e-5);
        Assert.Equal(0.6f, first.Grad.Item<float>(), 1e-5f);
        Assert.All(second.Grad.ToArray<float>(), static value => Assert.Equal(0.4f, value, 1e-5f));
        Assert.Null(third.Grad);
    }

    [Fact]
    public void Frozen_parameters_count_nothing_and_keep_their_gradients()
    {
        // given: a gradient of 3 that is trained by, and one of 4 that is not
        Parameter trained = new(Tensor.Zeros([1])), frozen = new(Tensor.Zeros([1]));
        (trained.Grad, frozen.Grad) = (Tensor.Of(3f), Tensor.Of(4f));
        frozen.IsFrozen = true;

        // when
        var norm = Clip.ByNorm([trained, frozen, trained], 3);
        Clip.ByValue([trained, frozen], 2);

        // then
        Assert.Equal(3, norm, 1e-6);
        Assert.Equal(3, Clip.Norm([trained, frozen, new Parameter(Tensor.Zeros([1]))]) + 1, 1e-6);
        Assert.Equal((2, 4), (trained.Grad.Item(), frozen.Grad.Item()));
    }

    [Fact]
    public void Each_element_is_held_within_bounds()
    {
        // given
        var p = Tensor.Zeros([4]).RequireGrad();
        p.Grad = Tensor.Of(-3f, -0.5f, 0.25f, 7f);

        // when
        Clip.ByValue([p], 0.5);

        // then
        Assert.Equal([-0.5f, -0.5f, 0.25f, 0.5f], p.Grad.ToArray<float>());
    }

    [Fact]
    public void A_norm_that_is_not_finite_is_an_error_and_changes_nothing()
    {
        // given
        var p = Tensor.Zeros([2]).RequireGrad();
        p.Grad = Tensor.Of(1f, float.NaN);

        // when
        var error = Assert.Throws<GradusException>(() => Clip.ByNorm([p], 1));

        // then
        Assert.StartsWith("clip.byNorm: the gradients' norm is NaN", error.Message, StringComparison.Ordinal);
        Assert.Equal(1f, p.Grad.ToArray<float>()[0]);
    }

    [Fact]
    public void A_gradient_that_shows_one_number_in_many_places_gets_memory_of_its_own()
    {
        foreach (var type in new[] { DType.Float32, DType.BFloat16 })
        {
            // given: √(4·4) = 4
            var p = Tensor.Zeros([4], type).RequireGrad();
            var shown = Tensor.Full([1], 2, type);
            p.Grad = shown.Expand(4);

            // when
            Clip.ByNorm([p], 2);

            // then
            Assert.All(p.Grad.ToArray<double>(), static value => Assert.Equal(1, value, 1e-2));
            Assert.Equal((2, type), (shown.Item(), p.Grad.DType));
        }
    }

    [Fact]
    public void Clipping_allocates_next_to_nothing()
    {
        // given
        Parameter[] parameters = [Tensor.Zeros([100, 100]).RequireGrad()];
        parameters[0].Grad = Tensor.Ones([100, 100]);
        Clip.ByNorm(parameters, 1);

        // when
        var before = GC.GetAllocatedBytesForCurrentThread();
        Clip.ByNorm(parameters, 0.5);

        // then: delegates, no tensors
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }
}

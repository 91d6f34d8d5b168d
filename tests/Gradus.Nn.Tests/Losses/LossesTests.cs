using System.Reflection;

namespace Gradus.Nn.Tests;

public class LossesTests
{
    public static TheoryData<string> Names => [.. LossSpec.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_loss_is_its_formula_under_every_reduction(string name)
    {
        // given
        var spec = LossSpec.All[name];

        // when
        var none = spec.Loss(spec.Inputs, Reduction.None).ToArray<double>();

        // then
        Assert.Equal(spec.Each.Length, none.Length);
        Assert.All(spec.Each.Zip(none), static pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        if (spec.IsOne) return;
        Assert.Equal(spec.Mean ?? spec.Each.Average(), spec.Loss(spec.Inputs, Reduction.Mean).Item(), 1e-9);
        Assert.Equal(spec.Each.Sum(), spec.Loss(spec.Inputs, Reduction.Sum).Item(), 1e-9);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_losss_gradient_agrees_with_finite_differences(string name)
    {
        // given
        var spec = LossSpec.All[name];

        // when
        var reports = new[] { Reduction.Mean, Reduction.None }.Select(reduction => GradientCheck.Run(x => spec.Loss(x, reduction), spec.Inputs));

        // then
        Assert.All(reports, static report => Assert.True(report.IsRight, report.ToString()));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_loss_in_float32_is_near_that_in_float64(string name)
    {
        // given
        var spec = LossSpec.All[name];

        // when
        var single = spec.Loss([.. spec.Inputs.Select(static input => input.To(DType.Float32))], Reduction.Sum);

        // then
        Assert.Equal(1, single.Item() / spec.Each.Sum(), 1e-4);
    }

    [Fact]
    public void Every_loss_has_a_spec()
    {
        // given
        var specified = LossSpec.All.Values.Select(static spec => spec.Method);

        // when
        var missing = typeof(Losses).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(static method => method.Name).Except(specified);

        // then
        Assert.Empty(missing);
    }

    [Fact]
    public void Certain_and_wrong_predictions_cost_much_but_not_infinitely_much()
    {
        // given
        Tensor certain = Tensor.Of(0f, 1f).RequireGrad(), wrong = Tensor.Of(1f, 0f), logits = Tensor.Of(-1000f, 1000f).RequireGrad();

        // when
        var probability = Losses.BinaryCrossEntropy(certain, wrong);
        var stable = Losses.BinaryCrossEntropyWithLogits(logits, wrong);
        probability.Backward();
        stable.Backward();

        // then: the derivative (p − y) / (p·(1 − p)) is held by 10⁻¹²
        Assert.Equal(100, probability.Item());
        Assert.Equal([-0.5e12f, 0.5e12f], certain.Grad!.ToArray<float>());
        Assert.Equal(1000, stable.Item());
        Assert.Equal([-0.5f, 0.5f], logits.Grad!.ToArray<float>());
        Assert.Equal(2000, Losses.CrossEntropy(Tensor.Of([[1000f, -1000f]]), Tensor.Of(1)).Item());
        Assert.Equal(1000 - Math.Log(2), Losses.LogCosh(Tensor.Of(1000f), Tensor.Of(0f)).Item(), 1e-3);
    }

    [Fact]
    public void Certain_and_right_predictions_have_a_gradient_of_zero()
    {
        // given
        var certain = Tensor.Of(0f, 1f, 0.5f).RequireGrad();

        // when
        Losses.BinaryCrossEntropy(certain, Tensor.Of(0f, 1f, 1f), Reduction.Sum).Backward();

        // then
        Assert.Equal([0f, 0, -2], certain.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_target_that_has_no_alignment_costs_infinitely_much_or_by_wish_nothing()
    {
        // given: two labels alike need three steps
        var logs = Tensor.Zeros([2, 1, 3], DType.Float64).LogSoftmax().RequireGrad();
        var targets = Tensor.Of([[1, 1]]);

        // when
        var infinite = Losses.Ctc(logs, targets, [2], [2]);
        var nothing = Losses.Ctc(logs, targets, [2], [2], zeroInfinity: true);
        nothing.Backward();

        // then
        Assert.Equal(double.PositiveInfinity, infinite.Item());
        Assert.Equal(0, nothing.Item());
        Assert.All(logs.Grad!.ToArray<double>(), static value => Assert.Equal(0, value));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        // given
        Tensor two = Tensor.Ones([2, 3]), labels = Tensor.Of(0, 1, 2);
        Action[] acts =
        [
            static () => Losses.MeanSquaredError(Tensor.Ones([3, 1]), Tensor.Ones([3])), () => Losses.NegativeLogLikelihood(two, labels),
            () => Losses.Huber(two, two, 0),
            () => Losses.MultiLabelMargin(two, Tensor.Of([[0, 5, -1], [0, 1, 2]])), () => Losses.Ctc(two, labels, [1], [1]),
        ];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.Equal(
            [
                "meanSquaredError: the prediction is [3,1], the target [3]; they must have the same shape.",
                "negativeLogLikelihood: the prediction is [2,3], the labels [3]; expected [samples, classes, …] and [samples, …].",
                "huber: delta is 0, expected above 0.",
                "multiLabelMargin: label 5 is not one of 3 classes; −1 ends a row's list.",
                "ctc: the log-probabilities are [2,3], the targets [3]; expected [time, samples, classes] and [samples, labels].",
            ], messages);
    }

    [Fact]
    public void What_is_no_probability_is_refused()
    {
        // given
        Tensor inside = Tensor.Of(0.0, 0.5, 1.0), outside = Tensor.Of(0.2, 1.5, -3.0);

        // when
        var error = Assert.Throws<GradusException>(() => Losses.BinaryCrossEntropy(outside, inside));

        // then
        Assert.Equal("binaryCrossEntropy: the prediction holds 1.5, expected numbers in [0, 1]. Of logits take BinaryCrossEntropyWithLogits.", error.Message);
        Assert.StartsWith("binaryCrossEntropy: the target holds 1.5", Assert.Throws<GradusException>(() => Losses.BinaryCrossEntropy(inside, outside)).Message);
        Assert.StartsWith("binaryCrossEntropy: the target holds 2",
            Assert.Throws<GradusException>(() => Losses.BinaryCrossEntropy(inside, Tensor.Of(0, 1, 2))).Message);
        Assert.StartsWith("binaryCrossEntropy: the target holds -1",
            Assert.Throws<GradusException>(() => Losses.BinaryCrossEntropy(inside, Tensor.Of(0L, -1, 1))).Message);
        Assert.Equal(Math.Log(2) / 3, Losses.BinaryCrossEntropy(inside, Tensor.Of(0, 1, 1)).Item(), 1e-12);
        Assert.Equal(Math.Log(2) / 3, Losses.BinaryCrossEntropy(inside, Tensor.Of(false, true, true)).Item(), 1e-12);
        Assert.True(double.IsNaN(Losses.BinaryCrossEntropy(inside * double.NaN, inside).Item()));
        Assert.Equal(0.5 * Math.Log(2) * 2 / 3, Losses.BinaryCrossEntropy(inside, inside).Item(), 1e-12);
    }

    [Fact]
    public void Class_numbers_in_floating_point_are_told_as_what_they_are()
    {
        // when
        var error = Assert.Throws<GradusException>(() => Losses.CrossEntropy(Tensor.Ones([4, 3]), Tensor.Of(0f, 1f, 2f, 0f)));

        // then
        Assert.Equal(
            "crossEntropy: the labels are f32[4]: class numbers are i32 or i64. Convert them: labels.To(DType.Int64). " +
            "Target distributions have the logits' shape, [4,3].", error.Message);
    }
}

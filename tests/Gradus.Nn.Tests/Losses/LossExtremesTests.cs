namespace Gradus.Nn.Tests;

/// <summary>Losses at ±∞, at the ends of the type, at ties, and where nothing counts.</summary>
public class LossExtremesTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Loss, double[] At, double[] Values, double[] Gradients)> Points = new()
    {
        ["huber"] = (static x => Losses.Huber(x, Zeros(x), 1.5, Reduction.None),
            [Infinity, -Infinity, 1e30, 1.5, 0], [Infinity, Infinity, 1.5e30, 1.125, 0], [1.5, -1.5, 1.5, 1.5, 0]),
        ["smooth l1"] = (static x => Losses.SmoothL1(x, Zeros(x), 0.5, Reduction.None),
            [Infinity, -Infinity, -1e30, 0], [Infinity, Infinity, 1e30, 0], [1, -1, -1, 0]),
        ["l1"] = (static x => Losses.MeanAbsoluteError(x, Zeros(x), Reduction.None), [Infinity, -Infinity, 0], [Infinity, Infinity, 0], [1, -1, 0]),
        ["log cosh"] = (static x => Losses.LogCosh(x, Zeros(x), Reduction.None), [Infinity, -Infinity, 1e30, 1e-3, 1e-12, 0],
            [Infinity, Infinity, 1e30, 4.99999916666694e-7, 5e-25, 0], [1, -1, 1, 9.99999666666800e-4, 1e-12, 0]),
        ["poisson without events"] = (static x => Losses.PoissonNegativeLogLikelihood(x, Zeros(x), reduction: Reduction.None),
            [-Infinity, -1e30, 0], [0, 0, 1], [0, 0, 1]),
        ["poisson of a rate 0"] = (static x => Losses.PoissonNegativeLogLikelihood(x, Zeros(x), logInput: false, epsilon: 0, reduction: Reduction.None),
            [0, 1e30], [0, 1e30], [1, 1]),
        ["gauss without variance"] = (static x => Losses.GaussianNegativeLogLikelihood(Zeros(x), Zeros(x), x, epsilon: 0.5, reduction: Reduction.None),
            [0, Infinity], [0.5 * Math.Log(0.5), Infinity], [0, 0]),
        ["logits of 1"] = (static x => Losses.BinaryCrossEntropyWithLogits(x, Ones(x), Reduction.None),
            [Infinity, -Infinity, 1e30, -1e30], [0, Infinity, 0, 1e30], [0, -1, 0, -1]),
        ["logits of 0"] = (static x => Losses.BinaryCrossEntropyWithLogits(x, Zeros(x), Reduction.None),
            [Infinity, -Infinity, 1e30, -1e30], [Infinity, 0, 1e30, 0], [1, 0, 1, 0]),
        ["logits of 1, weighted"] = (static x => Losses.BinaryCrossEntropyWithLogits(x, Ones(x), Reduction.None, positiveWeight: Tensor.Scalar(3)),
            [Infinity, -Infinity, -1e30], [0, Infinity, 3e30], [0, -3, -3]),
        ["logits of 0, weighted"] = (static x => Losses.BinaryCrossEntropyWithLogits(x, Zeros(x), Reduction.None, positiveWeight: Tensor.Scalar(3)),
            [Infinity, -Infinity, 1e30], [Infinity, 0, 1e30], [1, 0, 1]),
        ["focal with half a power"] = (static x => Losses.Focal(x, Ones(x), null, 0.5, Reduction.None), [120, 1e30, Infinity, 0],
            [0, 0, 0, Math.Log(2) * Math.Sqrt(0.5)], [0, 0, 0, -0.5 * Math.Sqrt(0.5) * (1 + (0.5 * Math.Log(2)))]),
        ["focal"] = (static x => Losses.Focal(x, Zeros(x), null, 2, Reduction.None), [-120, -1e30, -Infinity, 1e30], [0, 0, 0, 1e30], [0, 0, 0, 1]),
        ["kl of a target 0"] = (static x => Losses.KlDivergence(x, Zeros(x), reduction: Reduction.None), [-Infinity, -1e30, 0], [0, 0, 0], [0, 0, 0]),
        ["kl of a log target −∞"] = (static x => Losses.KlDivergence(x, Zeros(x) - Infinity, logTarget: true, reduction: Reduction.None),
            [-Infinity, -1e30, 0], [0, 0, 0], [0, 0, 0]),
        ["kl by the log target"] = (static x => Losses.KlDivergence(Zeros(x), x, logTarget: true, reduction: Reduction.None),
            [-Infinity, -1e30, 0], [0, 0, 0], [0, 0, 1]),
        ["bce of a certain class"] = (static x => Losses.BinaryCrossEntropy(x, Ones(x), Reduction.None), [1, 0], [0, 100], [0, -1e12]),
        ["soft margin"] = (static x => Losses.SoftMargin(x, Ones(x), Reduction.None), [Infinity, -Infinity, -1e30], [0, Infinity, 1e30], [0, -1, -1]),
        ["margin ranking"] = (static x => Losses.MarginRanking(x, Zeros(x), Ones(x), 0, Reduction.None),
            [Infinity, -Infinity, 0, -1e30], [0, Infinity, 0, 1e30], [0, -1, 0, -1]),
        ["hinge of its like"] = (static x => Losses.HingeEmbedding(x, Ones(x), 1, Reduction.None), [Infinity, 0, 1e30], [Infinity, 0, 1e30], [1, 1, 1]),
        ["hinge of another"] = (static x => Losses.HingeEmbedding(x, Zeros(x) - 1, 1, Reduction.None), [Infinity, 1, 1e30, 0], [0, 0, 0, 1], [0, 0, 0, -1]),
    };

    public static TheoryData<string, bool> Names => [.. from name in Points.Keys from single in new[] { true, false } select (name, single)];

    public static TheoryData<string> Specs => [.. LossSpec.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void At_the_ends_a_loss_and_its_gradient_are_their_limits(string name, bool isSingle)
    {
        // given
        var (loss, at, values, gradients) = Points[name];
        var x = Tensor.From(at, [at.Length]).To(isSingle ? DType.Float32 : DType.Float64).RequireGrad();

        // when
        var result = loss(x);
        var gradient = Autograd.Grad([result], [x], [Tensor.Ones(result.Shape, x.DType)])[0]!;

        // then
        Assert.All(values.Zip(result.ToArray<double>()), static pair => Near(pair.First, pair.Second));
        Assert.All(gradients.Zip(gradient.ToArray<double>()), static pair => Near(pair.First, pair.Second));
    }

    [Theory, MemberData(nameof(Specs))]
    public void A_loss_that_counts_nothing_has_no_gradient_whatever_went_in(string name)
    {
        // given
        var spec = LossSpec.All[name];
        double[] marks = spec.Method is "BinaryCrossEntropy" or "RegularizedLogistic"
            ? [double.NaN, 0, 1, 1e-30] : [double.NaN, Infinity, double.NegativeInfinity, 0, 1e30, -1e30, 1e-30];

        // when: the loss of each element is multiplied by 0, as a mask does it, after an infinite or undefined one
        var gradients = marks.SelectMany(mark =>
        {
            var inputs = spec.Inputs.Select(input => Tensor.Full(input.Shape, mark, DType.Float64).RequireGrad()).ToArray();
            var loss = spec.Loss(inputs, Reduction.None);
            return Autograd.Grad([loss], inputs, [Tensor.Zeros(loss.Shape, loss.DType)])
                .Select(gradient => (mark, gradient?.ToArray<double>() ?? [])).ToArray();
        });

        // then
        Assert.All(gradients, static pair => Assert.All(pair.Item2, value => Assert.True(value == 0, FormattableString.Invariant($"{value} at {pair.mark}"))));
    }

    [Fact]
    public void Labels_that_are_all_ignored_cost_nothing_and_teach_nothing()
    {
        // given
        var logits = Tensor.From([double.NaN, 1, 2, Infinity, -Infinity, 0], [2, 3]).To(DType.Float32).RequireGrad();
        var labels = Tensor.Of(-100, -100);

        // when
        var losses = new[]
        {
            Losses.CrossEntropy(logits, labels, ignoreIndex: -100),
            Losses.CrossEntropy(logits, labels, ignoreIndex: -100, labelSmoothing: 0.1),
            Losses.CrossEntropy(logits, labels, ignoreIndex: -100, weight: Tensor.Of(1f, 2f, 3f)),
            Losses.NegativeLogLikelihood(logits, labels, ignoreIndex: -100),
            Losses.NegativeLogLikelihood(logits, Tensor.Of(0, 0), weight: Tensor.Of(0f, 1f, 1f)),
            Losses.CrossEntropy(logits, Tensor.Of(0, 0), weight: Tensor.Of(0f, 1f, 1f)),
        };

        // then
        foreach (var loss in losses)
        {
            Assert.Equal(0, loss.Item());
            Assert.All(Autograd.Grad(loss, logits).ToArray<float>(), static value => Assert.Equal(0, value));
        }
    }

    [Theory, InlineData(0.0), InlineData(0.1)]
    public void An_ignored_row_may_hold_anything(double smoothing)
    {
        // given: the same counted row, alone and below one that is NaN
        var counted = Tensor.Of(1f, 2f, 4f);
        var alone = counted.Reshape(1, 3).RequireGrad();
        var both = Tensor.Stack([Tensor.Full([3], double.NaN, DType.Float32), counted]).RequireGrad();

        // when
        var expected = Losses.CrossEntropy(alone, Tensor.Of(1), ignoreIndex: 9, labelSmoothing: smoothing);
        var loss = Losses.CrossEntropy(both, Tensor.Of(9, 1), ignoreIndex: 9, labelSmoothing: smoothing);
        float[] want = Autograd.Grad(expected, alone).ToArray<float>(), got = Autograd.Grad(loss, both).ToArray<float>();

        // then
        Assert.Equal(expected.Item(), loss.Item());
        Assert.Equal([0, 0, 0, .. want], got);
    }

    [Fact]
    public void Classes_of_no_target_may_be_impossible()
    {
        // given: logits of −∞ where the targets are 0
        var logits = Tensor.From([double.NegativeInfinity, 0, 1], [1, 3]).RequireGrad();
        var target = Tensor.From([0, 0.25, 0.75], [1, 3]);
        var log = Math.Log(1 + Math.E);

        // when
        var losses = new[] { Losses.SoftCrossEntropy(logits, target), Losses.CrossEntropy(logits, target),
            Losses.KlDivergence(logits.LogSoftmax(), target, reduction: Reduction.Sum) };

        // then
        Assert.Equal(log - 0.75, losses[0].Item(), 1e-12);
        Assert.Equal(log - 0.75, losses[1].Item(), 1e-12);
        Assert.Equal(log - 0.75 + (0.25 * Math.Log(0.25)) + (0.75 * Math.Log(0.75)), losses[2].Item(), 1e-12);
        foreach (var loss in losses)
        {
            Assert.All(Autograd.Grad(loss, logits).ToArray<double>().Zip([0, (1 / (1 + Math.E)) - 0.25, (Math.E / (1 + Math.E)) - 0.75]), static pair =>
                Assert.Equal(pair.Second, pair.First, 1e-12));
        }
    }

    [Theory]
    [InlineData(new[] { Infinity, 0, -Infinity }, 0, 0.0, new[] { 0.0, 0, 0 })]
    [InlineData(new[] { Infinity, 0, -Infinity }, 1, Infinity, new[] { 1.0, -1, 0 })]
    [InlineData(new[] { Infinity, Infinity, 0 }, 0, 0.6931471805599453, new[] { -0.5, 0.5, 0 })]
    [InlineData(new[] { double.NegativeInfinity, -Infinity, -Infinity }, 2, Infinity, new[] { 0.0, 0, -1 })]
    [InlineData(new[] { 1e30, -1e30, 1e30 }, 0, 0.6931471805599453, new[] { -0.5, 0, 0.5 })]
    public void Cross_entropy_of_infinite_logits_is_that_of_their_softmax(double[] row, int label, double want, double[] gradient)
    {
        // given: fused, and by way of the log-probabilities
        var logits = Tensor.From(row, [1, 3]).RequireGrad();

        // when
        Tensor fused = Losses.CrossEntropy(logits, Tensor.Of(label)),
            composed = Losses.CrossEntropy(logits, Tensor.Of(label), weight: Tensor.Ones([3], DType.Float64));
        var got = Autograd.Grad(fused, logits).ToArray<double>();

        // then
        Near(want, fused.Item());
        Near(want, composed.Item());
        Assert.All(gradient.Zip(got), static pair => Near(pair.First, pair.Second));
        Assert.All(Autograd.Grad(composed, logits).ToArray<double>(), static value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void The_mean_over_no_samples_is_0()
    {
        // given
        var nothing = Tensor.Zeros([0, 3]).RequireGrad();
        var labels = Tensor.Zeros([0], DType.Int64);

        // when
        var losses = new[]
        {
            Losses.MeanSquaredError(nothing, Tensor.Zeros([0, 3])), Losses.CrossEntropy(nothing, labels),
            Losses.CrossEntropy(nothing, labels, ignoreIndex: 1), Losses.NegativeLogLikelihood(nothing, labels),
            Losses.BinaryCrossEntropyWithLogits(nothing, Tensor.Zeros([0, 3])), Losses.Huber(nothing, Tensor.Zeros([0, 3])),
        };

        // then
        Assert.All(losses, static loss => Assert.Equal(0, loss.Item()));
    }

    [Fact]
    public void Dice_of_two_empty_masks_is_0()
    {
        // given
        var probability = Tensor.Zeros([2, 4]).RequireGrad();

        // when
        var loss = Losses.Dice(probability, Tensor.Zeros([2, 4]), smoothing: 0);

        // then
        Assert.Equal(0, loss.Item());
        Assert.All(Autograd.Grad(loss, probability).ToArray<float>(), static value => Assert.Equal(0, value));
    }

    [Fact]
    public void Equal_points_are_at_distance_0_and_pull_nowhere()
    {
        // given
        var anchor = Tensor.Zeros([2, 3]).RequireGrad();
        var positive = Tensor.Zeros([2, 3]).RequireGrad();

        // when
        var losses = new[]
        {
            Losses.TripletMargin(anchor, positive, Tensor.Zeros([2, 3]), epsilon: 0),
            Losses.TripletMargin(anchor, positive, Tensor.Zeros([2, 3]), power: 0.5, epsilon: 0),
            Losses.TripletMargin(anchor, positive, Tensor.Zeros([2, 3]), swap: true, epsilon: 0),
            Losses.CosineEmbedding(anchor, positive, Tensor.Of(1f, -1f)),
            new PairwiseDistance(epsilon: 0).Forward((anchor, positive)).Sum(), new CosineSimilarity().Forward((anchor, positive)).Sum(),
        };

        // then
        foreach (var loss in losses) Assert.All(Autograd.Grad(loss, anchor).ToArray<float>(), static value => Assert.Equal(0, value));
    }

    [Fact]
    public void Sequences_that_cannot_be_aligned_teach_nothing()
    {
        // given: three labels in two steps, none in two steps, one whose class is impossible
        var logits = Tensor.Zeros([2, 3, 4], DType.Float64);
        logits[.., 2, 1].Fill(double.NegativeInfinity);
        logits.RequireGrad();
        var targets = Tensor.From([1, 2, 3, 0, 0, 0, 1, 0, 0], [3, 3]);

        // when
        var losses = Losses.Ctc(logits.LogSoftmax(-1), targets, [2, 2, 2], [3, 0, 1], reduction: Reduction.None);
        var mean = Losses.Ctc(logits.LogSoftmax(-1), targets, [2, 2, 2], [3, 0, 1], zeroInfinity: true);

        // then
        Assert.Equal([Infinity, 2 * Math.Log(4), Infinity], losses.ToArray<double>(), static (want, got) => want == got || Math.Abs(want - got) < 1e-12);
        Assert.Equal(2 * Math.Log(4) / 3, mean.Item(), 1e-12);
        foreach (var loss in new[] { losses.Sum(), mean })
        {
            Assert.All(Autograd.Grad(loss, logits).ToArray<double>(), static value => Assert.True(double.IsFinite(value)));
        }
    }

    private static Tensor Zeros(Tensor x) => Tensor.Zeros(x.Shape, x.DType);

    private static Tensor Ones(Tensor x) => Tensor.Ones(x.Shape, x.DType);

    private static void Near(double want, double got) =>
        Assert.True(want.Equals(got) || Math.Abs(want - got) <= 2e-6 * Math.Abs(want) + 1e-20, FormattableString.Invariant($"{got}, expected {want}"));
}

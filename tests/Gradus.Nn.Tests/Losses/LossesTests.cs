namespace Gradus.Nn.Tests;

public class LossesTests
{
    private static readonly double[] Z = [0.5, -1.5, 2.0, 0.1, 3.0, -0.7];
    private static readonly double[] Y = [1, 0, 0.25, 1, 0.5, 0];

    public static TheoryData<string> Names => ["mse", "bce", "logits", "cross", "soft"];

    [Theory, MemberData(nameof(Names))]
    public void A_loss_is_its_formula_under_every_reduction(string name)
    {
        // given
        var (loss, each) = Of(name);
        var z = Input(name);

        // when
        var none = loss(z, Reduction.None).ToArray<double>();

        // then
        Assert.Equal(each.Length, none.Length);
        Assert.All(each.Zip(none), static pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(each.Average(), loss(z, Reduction.Mean).Item(), 1e-12);
        Assert.Equal(each.Sum(), loss(z, Reduction.Sum).Item(), 1e-12);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_losss_gradient_agrees_with_finite_differences(string name)
    {
        // given
        var (loss, _) = Of(name);

        // when
        var report = GradientCheck.Run(z => loss(z, Reduction.Mean), Input(name));

        // then
        Assert.True(report.IsRight, report.ToString());
    }

    [Fact]
    public void Certain_and_wrong_predictions_cost_much_but_not_infinitely_much()
    {
        // given
        Tensor certain = Tensor.Of(0f, 1f).RequireGrad(), wrong = Tensor.Of(1f, 0f), logits = Tensor.Of(-1000f, 1000f).RequireGrad();

        // when
        var probability = Losses.BinaryCrossEntropy(certain, wrong);
        var stable = Losses.BinaryCrossEntropyWithLogits(logits, wrong);
        stable.Backward();

        // then
        Assert.Equal(100, probability.Item());
        Assert.Equal(1000, stable.Item());
        Assert.Equal([-0.5f, 0.5f], logits.Grad!.ToArray<float>());
        Assert.Equal(2000, Losses.CrossEntropy(Tensor.Of([[1000f, -1000f]]), Tensor.Of(1)).Item());
    }

    [Fact]
    public void Shapes_that_differ_are_refused_rather_than_broadcast()
    {
        // given
        Tensor prediction = Tensor.Ones([3, 1]), target = Tensor.Ones([3]);

        // when
        var error = Assert.Throws<GradusException>(() => Losses.MeanSquaredError(prediction, target));

        // then
        Assert.Equal("meanSquaredError: the prediction is [3,1], the target [3]; they must have the same shape.", error.Message);
    }

    private static Tensor Input(string name) => name switch
    {
        "bce" => Tensor.From([.. Z.Select(static z => 1 / (1 + Math.Exp(-z)))], [2, 3]),
        _ => Tensor.From(Z, [2, 3]),
    };

    private static (Func<Tensor, Reduction, Tensor> Loss, double[] Each) Of(string name)
    {
        var y = Tensor.From(Y, [2, 3]);
        var logistic = Z.Zip(Y, static (z, y) => (Math.Log(1 + Math.Exp(-z)) * y) + (Math.Log(1 + Math.Exp(z)) * (1 - y))).ToArray();
        var logSoftmax = Z.Chunk(3).SelectMany(static row => row.Select(z => z - Math.Log(row.Sum(Math.Exp)))).ToArray();
        return name switch
        {
            "mse" => ((z, reduction) => Losses.MeanSquaredError(z, y, reduction), [.. Z.Zip(Y, static (z, y) => (z - y) * (z - y))]),
            "bce" => ((p, reduction) => Losses.BinaryCrossEntropy(p, y, reduction), logistic),
            "logits" => ((z, reduction) => Losses.BinaryCrossEntropyWithLogits(z, y, reduction), logistic),
            "cross" => ((z, reduction) => Losses.CrossEntropy(z, Tensor.Of(2, 0), reduction), [-logSoftmax[2], -logSoftmax[3]]),
            _ => ((z, reduction) => Losses.SoftCrossEntropy(z, y, reduction), [.. logSoftmax.Zip(Y, static (log, y) => -log * y).Chunk(3).Select(Enumerable.Sum)]),
        };
    }
}

namespace Gradus.Training.Tests;

public class MetricTests
{
    private const int Samples = 150;

    public static TheoryData<string> Names => [.. MetricSpec.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_metric_is_its_definition_batch_by_batch_and_merged(string name)
    {
        // given
        var spec = MetricSpec.All[name];
        var (predictions, targets) = spec.Data(Samples);
        Metric whole = spec.Make(), parts = spec.Make(), other = spec.Make();

        // when
        whole.Add(predictions, targets);
        for (var start = 0; start < Samples; start += 30) (start < 60 ? parts : other).Add(predictions.Slice(0, start, 30), targets.Slice(0, start, 30));
        parts.Merge(other);
        parts.Merge(spec.Make());

        // then
        var expected = spec.Definition(predictions.To(DType.Float64).ToArray<double>(), targets.To(DType.Float64).ToArray<double>());
        Assert.Equal(1, whole.Value / expected, 1e-6);
        Assert.Equal(1, parts.Value / whole.Value, 1e-12);
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_samples_it_is_no_number_and_it_prints(string name)
    {
        // given
        var metric = MetricSpec.All[name].Make();
        var (predictions, targets) = MetricSpec.All[name].Data(5);
        metric.Add(predictions, targets);

        // when
        metric.Reset();

        // then
        Assert.True(double.IsNaN(metric.Value));
        Assert.Equal(MetricSpec.All[name].Text, metric.ToString());
    }

    [Fact]
    public void Every_metric_has_a_spec()
    {
        // given
        var specified = MetricSpec.All.Values.Select(static spec => spec.Make().GetType());

        // when
        var missing = typeof(Metric).Assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(Metric)) && !type.IsAbstract).Except(specified);

        // then
        Assert.Empty(missing);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        // given
        var accuracy = new Accuracy();
        Action[] acts =
        [
            () => accuracy.Add(Tensor.Ones([2, 3]), Tensor.Of(0)), () => accuracy.Add(Tensor.Ones([1, 3]), Tensor.Of(3)), () => accuracy.Merge(new Accuracy(2)), () => accuracy.Merge(accuracy),
            static () => new Auroc().Add(Tensor.Ones([2]), Tensor.Of(1)),
        ];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.Equal(
            [
                "accuracy: the scores are [2,3], the labels [1]; expected [samples, classes] and [samples].", "accuracy: label 3 is not one of 3 classes.",
                "metric: Accuracy(1) cannot take in Accuracy(2).", "metric: Accuracy(1) cannot take in itself.", "Auroc: the predictions are [2], the targets [1]; they must have the same shape.",
            ], messages);
    }

    [Theory, MemberData(nameof(Names))]
    public void Scores_that_are_NaN_are_never_right(string name)
    {
        // given
        var spec = MetricSpec.All[name];
        var (predictions, targets) = spec.Data(Samples);
        Metric all = spec.Make(), one = spec.Make();

        // when
        all.Add(predictions * double.NaN, targets);
        one.Add(Tensor.Concat([predictions.Slice(0, 0, Samples - 1), predictions.Slice(0, Samples - 1, 1) * double.NaN]), targets);

        // then: what counts samples counts those as wrong, all else is no number
        if (all is Accuracy or ClassCounts) Assert.Equal(0, all.Value);
        else Assert.True(double.IsNaN(all.Value) && double.IsNaN(one.Value));
    }

    [Fact]
    public void Labels_that_are_no_class_numbers_are_refused()
    {
        // given
        var scores = Tensor.Ones([2, 2]);

        // then
        Assert.StartsWith("accuracy: the labels are Float32[2], expected class numbers.", Assert.Throws<GradusException>(() => new Accuracy().Add(scores, Tensor.Of(0f, 1f))).Message);
        Assert.Equal("Auroc: the targets hold other numbers than 0 and 1.", Assert.Throws<GradusException>(() => new Auroc().Add(Tensor.Of(0.2f, 0.4f), Tensor.Of(1f, 2f))).Message);
    }
}

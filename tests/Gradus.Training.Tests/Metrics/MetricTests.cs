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
    public void One_logit_for_each_sample_decides_between_no_and_yes()
    {
        // given: right no, wrong yes, missed yes, right yes
        var logits = Tensor.Of([[-2f], [0.5f], [-1], [3]]);
        var truth = Tensor.Of(0, 0, 1, 1);

        // when
        double Figure(Metric metric, Tensor predictions, Tensor targets)
        {
            metric.Add(predictions, targets);
            return metric.Value;
        }

        // then
        foreach (var (predictions, targets) in new[] { (logits, truth), (logits.Squeeze(1), truth),
            (logits, truth.Unsqueeze(1)), (logits.Squeeze(1), truth.To(DType.Float32)) })
        {
            Assert.Equal(0.5, Figure(new Accuracy(), predictions, targets));
            Assert.Equal(0.5, Figure(new Precision(), predictions, targets));
            Assert.Equal(0.5, Figure(new Recall(), predictions, targets));
            Assert.Equal(0.5, Figure(new F1(), predictions, targets));
            Assert.Equal(0.5, Figure(new BalancedAccuracy(), predictions, targets));
            var losses = new[] { Math.Log(1 + Math.Exp(-2)), Math.Log(1 + Math.Exp(0.5)), Math.Log(1 + Math.Exp(1)), Math.Log(1 + Math.Exp(-3)) };
            Assert.Equal(losses.Average(), Figure(new LogLoss(), predictions, targets), 12);
        }

        foreach (var scores in new[] { logits, logits.Squeeze(1) })
        {
            foreach (var targets in new[] { truth, truth.Unsqueeze(1) })
            {
                Assert.Equal(0.75, Figure(new Auroc(), scores, targets));
                Assert.Equal((1 + (2 / 3.0)) / 2, Figure(new AveragePrecision(), scores, targets), 12);
            }
        }
    }

    [Fact]
    public void Several_labels_of_a_sample_are_decided_each_for_itself()
    {
        // given: of label 0 two right yes and one wrong, of label 1 one right and one missed, of label 2 nothing but right no
        var logits = Tensor.Of([[1f, -1, -2], [2, 3, -1], [0.5f, -3, -1], [-1, -1, -5]]);
        var truth = Tensor.Of([[1, 1, 0], [1, 1, 0], [0, 0, 0], [0, 0, 0]]);
        Metric[] metrics = [new Accuracy(), new Precision(ClassAverage.Micro), new Recall(ClassAverage.Micro), new F1(), new Recall(ClassAverage.Weighted)];

        // when
        foreach (var metric in metrics) metric.Add(logits, truth);

        // then
        double[] expected = [10 / 12.0, 3 / 4.0, 3 / 4.0, ((4 / 5.0) + (2 / 3.0)) / 2, ((2 * 1.0) + (2 * 0.5)) / 4];
        foreach (var (value, metric) in expected.Zip(metrics)) Assert.Equal(value, metric.Value, 12);
        Assert.Equal("f1: a target is 2; for logits [1,2] and targets [1,2] each is 0 or 1. For classes give scores [samples, classes] and labels [samples].",
            Assert.Throws<GradusException>(static () => new F1().Add(Tensor.Ones([1, 2]), Tensor.Of([[0, 2]]))).Message, ignoreCase: true);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        // given
        var accuracy = new Accuracy();
        Action[] acts =
        [
            () => accuracy.Add(Tensor.Ones([2, 3]), Tensor.Of(0)), () => accuracy.Add(Tensor.Ones([1, 3]), Tensor.Of(3)), () => accuracy.Merge(new Accuracy(2)),
            () => accuracy.Merge(accuracy),
            static () => new Auroc().Add(Tensor.Ones([2]), Tensor.Of(1)),
        ];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.Equal(
            [
                "accuracy: the scores are [2,3], the labels [1]; expected [samples, classes] and [samples].", "accuracy: label 3 is not one of 3 classes.",
                "metric: Accuracy(1) cannot be merged with Accuracy(2).", "metric: Accuracy(1) cannot be merged with itself.",
                "Auroc: the predictions are [2], the targets [1]; they must have the same shape.",
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
        Assert.StartsWith("accuracy: the labels are Float32[2], expected class numbers.",
            Assert.Throws<GradusException>(() => new Accuracy().Add(scores, Tensor.Of(0f, 1f))).Message);
        Assert.Equal("Auroc: a target is 2, expected 0 or 1. Of several classes, take one against the others: labels.Equal(c).",
            Assert.Throws<GradusException>(() => new Auroc().Add(Tensor.Of(0.2f, 0.4f), Tensor.Of(1f, 2f))).Message);
    }
}

namespace Gradus.Training.Tests;

public class OwnMetricTests
{
    [Fact]
    public void A_metric_of_ones_own_is_gathered_merged_and_reset()
    {
        // given
        Metric whole = new LargestError(), other = new LargestError();

        // when
        whole.Add(Tensor.Of(1.0, 2.0), Tensor.Of(1.5, 2.0));
        other.Add(Tensor.Of(3.0), Tensor.Of(5.0));
        whole.Merge(other);

        // then
        Assert.Equal(2, whole.Value);
        Assert.Equal("LargestError", whole.ToString());
        whole.Reset();
        Assert.Equal(0, whole.Value);
    }

    [Fact]
    public void A_mean_of_ones_own_is_no_number_before_the_first_batch_whatever_is_made_of_it()
    {
        // given
        Metric hits = new Hits(0.5), other = new Hits(0.5);
        var before = hits.Value;

        // when: true counts as 1
        hits.Add(Tensor.Of(1.0, 2.0), Tensor.Of(1.5, 9.0));
        other.Add(Tensor.Of(1f, 2f), Tensor.Of(1f, 2f));
        hits.Merge(other);

        // then: 1 − 3/4
        Assert.True(double.IsNaN(before));
        Assert.Equal(0.25, hits.Value);
    }

    [Fact]
    public void Only_metrics_of_one_type_and_one_setting_merge()
    {
        // given
        var hits = new Hits(0.5);

        // when
        string[] messages =
        [
            Assert.Throws<GradusException>(() => hits.Merge(new Hits(0.25))).Message,
            Assert.Throws<GradusException>(() => hits.Merge(new Namesake())).Message,
            Assert.Throws<GradusException>(() => hits.Merge(hits)).Message,
        ];

        // then
        Assert.Equal(
        [
            "metric: Hits(0.5) cannot be merged with Hits(0.25).",
            "metric: Hits(0.5) cannot be merged with Hits(0.5) of another type.",
            "metric: Hits(0.5) cannot be merged with itself.",
        ], messages);
    }

    [Fact]
    public void Shapes_that_differ_and_terms_that_are_none_are_errors()
    {
        // when
        var shapes = Assert.Throws<GradusException>(() => new LargestError().Add(Tensor.Of(1.0), Tensor.Of(1.0, 2.0)));
        var terms = Assert.Throws<GradusException>(() => new Namesake().Add(Tensor.Of(1.0), Tensor.Of(1.0)));

        // then
        Assert.Equal("largestError: the predictions are [1], the targets [2]; they must have the same shape.", shapes.Message);
        Assert.Equal("Hits(0.5): Terms gave null, expected a tensor.", terms.Message);
    }

    private sealed class LargestError : Metric
    {
        private double _largest;

        public override double Value => _largest;

        public override void Add(Tensor predictions, Tensor targets)
        {
            RequireSameShape("largestError", predictions, targets);
            _largest = Math.Max(_largest, (predictions - targets).Abs().Max().Item());
        }

        public override void Reset() => _largest = 0;

        protected override void MergeCore(Metric other) => _largest = Math.Max(_largest, ((LargestError)other)._largest);
    }

    private sealed class Hits(double tolerance) : MeanMetric
    {
        protected override Tensor Terms(Tensor predictions, Tensor targets) => (predictions - targets).Abs() <= tolerance;

        // Of no samples it would be a number.
        protected override double Finish(double mean) => double.IsNaN(mean) ? 1 : 1 - mean;

        public override string ToString() => FormattableString.Invariant($"Hits({tolerance})");
    }

    private sealed class Namesake : MeanMetric
    {
        protected override Tensor Terms(Tensor predictions, Tensor targets) => null!;

        public override string ToString() => "Hits(0.5)";
    }
}

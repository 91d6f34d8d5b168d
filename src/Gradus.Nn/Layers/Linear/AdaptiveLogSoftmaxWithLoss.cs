using System.Globalization;

namespace Gradus.Nn;

/// <summary>
/// A softmax over very many classes, of which the frequent ones, numbered first, are cheap: a head of the first classes and one number for each cluster of
/// rarer ones, and for each cluster a pair of products through a narrower width. [samples, inputs] and labels [samples] → the labels' log-probabilities
/// [samples], and minus their mean.
/// </summary>
/// <remarks>
/// State names are PyTorch's: <c>head.weight</c>, <c>tail.0.0.weight</c>, <c>tail.0.1.weight</c>. Grave et al., "Efficient softmax approximation for
/// GPUs", 2017.
/// </remarks>
public sealed class AdaptiveLogSoftmaxWithLoss : Layer<(Tensor Input, Tensor Labels), (Tensor Output, Tensor Loss)>
{
    private readonly int _inputs;
    private readonly int[] _ends;

    /// <summary>A layer of clusters.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="cutoffs">The first class of each cluster, rising, above 0 and below the number of classes.</param>
    /// <param name="divisor">Each cluster's width is the one's before divided by this, beginning with the inputs. Default 4.</param>
    /// <param name="headBias">Whether the head has a bias. Default false.</param>
    /// <exception cref="GradusException">A size is not positive, or the cutoffs do not rise within the classes.</exception>
    public AdaptiveLogSoftmaxWithLoss(int inputs, int classes, IReadOnlyList<int> cutoffs, double divisor = 4, bool headBias = false)
    {
        ArgumentNullException.ThrowIfNull(cutoffs);
        Expect.Positive("adaptiveLogSoftmaxWithLoss", "inputs", inputs);
        _ends = [.. cutoffs, classes];
        if (cutoffs.Count == 0 || _ends[0] < 1 || !_ends.Zip(_ends.Skip(1)).All(static pair => pair.First < pair.Second))
        {
            throw new GradusException(
                $"adaptiveLogSoftmaxWithLoss: cutoffs {PlainText.QuoteAll(cutoffs)} of {classes} classes; " +
                "expected numbers that rise, above 0 and below the classes.");
        }

        _inputs = inputs;
        Head = new Linear(inputs, _ends[0] + cutoffs.Count, headBias);
        Tail = new ModuleList<Sequential>();
        for (var cluster = 0; cluster < cutoffs.Count; cluster++)
        {
            var width = (int)(inputs / Math.Pow(divisor, cluster + 1));
            if (width < 1)
            {
                throw new GradusException(FormattableString.Invariant(
                    $"adaptiveLogSoftmaxWithLoss: {inputs} inputs divided by {divisor} for cluster ") +
                        FormattableString.Invariant($"{cluster} are less than 1; expected a smaller divisor, or fewer clusters."));
            }

            Tail.Add(new Sequential(new Linear(inputs, width, bias: false), new Linear(width, _ends[cluster + 1] - _ends[cluster], bias: false)));
        }
    }

    /// <summary>From the input to the first classes and a number for each cluster.</summary>
    public Linear Head { get; set => field = Register(value); }

    /// <summary>From the input to the classes of each cluster.</summary>
    public ModuleList<Sequential> Tail { get; set => field = Register(value); }

    /// <summary>The log-probabilities of all classes, [samples, classes].</summary>
    public Tensor LogProbabilities(Tensor input)
    {
        RequireRows(input);
        var head = Head.Forward(input).LogSoftmax();
        return Tensor.Concat(
            [head.Slice(1, 0, _ends[0]), .. Tail.Select((cluster, index) => cluster.Forward(input).LogSoftmax() + head.Slice(1, _ends[0] + index, 1))], 1);
    }

    /// <summary>The most probable class of each sample, [samples] of i64.</summary>
    public Tensor Predict(Tensor input) => LogProbabilities(input).ArgMax(1);

    /// <inheritdoc/>
    protected override (Tensor Output, Tensor Loss) Compute((Tensor Input, Tensor Labels) input)
    {
        var (x, labels) = input;
        RequireRows(x);
        if (labels.DType is not (DType.Int32 or DType.Int64) || labels.Rank != 1 || labels.Shape[0] != x.Shape[0])
        {
            throw Expect.Got($"[{x.Shape[0]}] of i32 or i64 as the labels", labels);
        }

        var head = Head.Forward(x).LogSoftmax();
        var numbers = labels.To(DType.Int64).ToArray<long>();
        var parts = new List<Tensor>();
        var order = new List<int>();
        for (var cluster = -1; cluster < Tail.Count; cluster++)
        {
            long from = cluster < 0 ? 0 : _ends[cluster], to = _ends[cluster + 1];
            int[] samples = [.. Enumerable.Range(0, numbers.Length).Where(index => numbers[index] >= from && numbers[index] < to)];
            if (samples.Length == 0) continue;
            var places = Tensor.From(samples, [samples.Length]);
            var own = Tensor.From<long>([.. samples.Select(index => numbers[index] - from)], [samples.Length, 1]);
            var ofHead = head.IndexSelect(0, places);
            parts.Add(cluster < 0
                ? ofHead.Gather(1, own).Squeeze(1)
                : ofHead.Select(1, _ends[0] + cluster) + Tail[cluster].Forward(x.IndexSelect(0, places)).LogSoftmax().Gather(1, own).Squeeze(1));
            order.AddRange(samples);
        }

        if (order.Count < numbers.Length)
        {
            throw new GradusException(FormattableString.Invariant(
                $"expected labels from 0 to {_ends[^1] - 1}, got {numbers.First(number => number < 0 || number >= _ends[^1])}."));
        }

        var back = new int[order.Count];
        for (var place = 0; place < back.Length; place++) back[order[place]] = place;
        var output = Tensor.Concat([.. parts]).IndexSelect(0, Tensor.From(back, [back.Length]));
        return (output, -output.Mean());
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{_inputs} → {_ends[^1]}, clusters from {string.Join(", ", _ends[..^1])}");

    private void RequireRows(Tensor input)
    {
        if (input.Rank != 2 || input.Shape[1] != _inputs) throw Expect.Got($"[samples, {_inputs}]", input);
    }
}

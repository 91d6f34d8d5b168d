using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The next token at each position of a text, by the cross-entropy of logits [samples, context, vocabulary].</summary>
/// <param name="network">Gives logits for each position.</param>
/// <param name="context">Number of tokens per window.</param>
public sealed class NextToken(Module<Tensor, Tensor> network, int context) : SupervisedTask(network)
{
    // A window has many tokens: what 32 of them need stays in the cache.
    private const int LargestBatch = 32;

    /// <inheritdoc/>
    public override int PredictionsPerSample => context;

    /// <inheritdoc/>
    public override Tensor LossOf(Tensor outputs, Tensor target) => Losses.CrossEntropy(outputs.Flatten(0, 1), target);

    /// <summary>The mean cross-entropy per token, in nats; and as a metric in bits per byte, where the data tell how many bytes a token has.</summary>
    /// <inheritdoc/>
    public override Evaluation Evaluate(IBatchSource<Labeled> data, int batchSize = 256)
    {
        var sum = 0.0;
        foreach (var losses in Measure(data, Math.Min(batchSize, LargestBatch), context, MeasureBatch))
        {
            foreach (var loss in losses) sum += loss;
        }

        return Evaluation.OfText(sum / ((long)data.Count * context), (data as Dataset)?.BytesPerToken);
    }

    private static double[] MeasureBatch(Tensor outputs, Tensor target) =>
        Losses.CrossEntropy(outputs.Flatten(0, 1), target, Reduction.None).ToArray<double>();
}

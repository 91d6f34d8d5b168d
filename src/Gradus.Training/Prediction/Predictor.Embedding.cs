namespace Gradus.Training;

/// <content>What a network knows of a sample before it decides.</content>
public sealed partial class Predictor
{
    /// <summary>
    /// The embedding of a sample: what goes into the last layer that has weights. Samples that the network takes for alike have embeddings that are near to
    /// each other, so that it serves for search, grouping and finding odd ones.
    /// </summary>
    /// <param name="sample">A sample that was made ready.</param>
    /// <exception cref="GradusException">The network has no such layer, or the sample is of another model.</exception>
    public float[] Embed(PreparedSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var samples = Samples(Form == DataForm.Text ? sample.Numbers : Fitting(sample), 1);
        using var last = new LastProduct();
        Forward(samples);
        return last.Input ?? throw new GradusException($"embed: '{Model.Record.Model}' has no layer of weights.");
    }

    /// <summary>Keeps what goes into the products that a network computes, until the next one.</summary>
    private sealed class LastProduct : OperatorObserver
    {
        public float[]? Input { get; private set; }

        protected override void SeeCall(Op op, object arguments, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (op.MultiplyAdds is not null && inputs[0].DType.IsFloat) Input = inputs[0].Detach().To(DType.Float32).ToArray<float>();
        }
    }
}

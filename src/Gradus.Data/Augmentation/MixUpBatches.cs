namespace Gradus.Data;

/// <summary>Sums of two samples each.</summary>
internal sealed class MixUpBatches(IBatchSource<Labeled> source, MixOptions options) : MixedBatches(source, options, alpha: 0.2, "mixup")
{
    protected override double Mix(Span<float> own, ReadOnlySpan<float> other, Tensor inputs, double share, SampleRandom random)
    {
        Blend(own, other, share);
        return share;
    }
}

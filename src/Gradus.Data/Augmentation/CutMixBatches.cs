namespace Gradus.Data;

/// <summary>Pictures with a rectangle of another each.</summary>
internal sealed class CutMixBatches(IBatchSource<Labeled> source, MixOptions options) : MixedBatches(source, options, alpha: 1, "cutmix")
{
    protected override double Mix(Span<float> own, ReadOnlySpan<float> other, Tensor inputs, double share, SampleRandom random)
    {
        var shape = new PictureShape(inputs.Shape[1], inputs.Shape[2], inputs.Shape[3]);
        var side = Math.Sqrt(1 - share);

        // The middle is anywhere in the picture, and what reaches beyond it is cut off, as in the paper.
        var (top, bottom) = Stretch(shape.Height);
        var (left, right) = Stretch(shape.Width);
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = top; y < bottom; y++)
            {
                var place = (((channel * shape.Height) + y) * shape.Width) + left;
                other.Slice(place, right - left).CopyTo(own[place..]);
            }
        }

        return 1 - ((double)(bottom - top) * (right - left) / shape.Pixels);

        (int Start, int End) Stretch(int length)
        {
            var covered = (int)(length * side);
            var start = random.Below(length) - (covered / 2);
            return (Math.Max(0, start), Math.Min(length, start + covered));
        }
    }

    protected override void Check(Labeled batch, int count)
    {
        PictureBatch.ShapeOf(batch.Input, count, Name);
        base.Check(batch, count);
        if (batch.Input.Rank != 4) throw new GradusException($"{Name}: {batch.Input.Describe()}; expected a batch [samples, channels, height, width].");
        if (batch.Target.Rank > 2) throw new GradusException($"{Name}: targets {batch.Target.Describe()}; expected classes of whole pictures.");
    }
}

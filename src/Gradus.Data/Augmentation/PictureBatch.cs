using System.Runtime.InteropServices;

namespace Gradus.Data;

/// <summary>Pictures in a tensor.</summary>
internal static class PictureBatch
{
    /// <summary>The sizes of a picture.</summary>
    /// <exception cref="GradusException">These are no pictures, or not as many as expected.</exception>
    public static PictureShape ShapeOf(Tensor pictures, int count, string what)
    {
        if (pictures.DType != DType.Float32 || pictures.Rank is not (3 or 4))
        {
            throw new GradusException(
                $"{what}: {pictures.Describe()} are no pictures; expected f32 [channels, height, width], or [samples, channels, height, width].");
        }

        var samples = pictures.Rank == 3 ? 1 : pictures.Shape[0];
        if (samples != count) throw new GradusException($"{what}: {pictures.Describe()} holds {samples} pictures, but {count} numbers of samples came.");
        return new PictureShape(pictures.Shape[-3], pictures.Shape[-2], pictures.Shape[-1]) is { Channels: > 0, Height: > 0, Width: > 0 } shape
            ? shape
            : throw new GradusException($"{what}: {pictures.Describe()} are pictures without pixels.");
    }

    /// <summary>A tensor for as many pictures of other sizes, undefined at first; the caller must give it an owner.</summary>
    public static Tensor Like(Tensor pictures, PictureShape shape)
    {
        int[] sizes = [shape.Channels, shape.Height, shape.Width];
        return Tensor.Allocate(new Meta(Shape.Create(pictures.Rank == 3 ? sizes : [pictures.Shape[0], .. sizes]), DType.Float32));
    }

    /// <summary>The numbers of a tensor, to be read at once; the caller keeps the tensor alive.</summary>
    public static ReadOnlySpan<float> Read(Tensor pictures)
    {
        if (!pictures.IsContiguous) return pictures.ToArray<float>();
        return MemoryMarshal.Cast<byte, float>(pictures.Bytes());
    }
}

namespace Gradus.Nn;

/// <summary>Pictures as sequences: what reads sequences reads a picture row by row, from the top.</summary>
internal static class PictureRows
{
    /// <summary>[batch, channels, height, width] → [batch, height, channels·width]; a sequence [batch, time, inputs] stays what it is.</summary>
    /// <exception cref="GradusException">It is neither.</exception>
    public static Tensor Of(Tensor input) => input.Rank switch
    {
        3 => input,
        4 => input.Transpose(1, 2).Flatten(2),
        _ => throw Expect.Got("[batch, time, inputs] or [batch, channels, height, width]", input),
    };
}

namespace Gradus.Training;

/// <summary>A value of a forward pass in its memory.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Length">How many numbers it takes there, whole vectors.</param>
/// <param name="Rows">Its rows: 1 for a vector, the steps of a sequence, height · width of a picture.</param>
/// <param name="Columns">The numbers of a row: of a picture its channels.</param>
/// <param name="Pitch">Numbers from one row to the next.</param>
internal sealed record Value(int At, int Length, int Rows, int Columns, int Pitch)
{
    /// <summary>The height of a picture; 0 for others.</summary>
    public int Height { get; init; }

    /// <summary>The width of a picture; 0 for others.</summary>
    public int Width { get; init; }

    /// <summary>Whether it is a picture as it comes in: channel by channel, in place of the channels of a place side by side.</summary>
    public bool IsPlanar { get; init; }

    /// <summary>Whether it is a picture.</summary>
    public bool IsPicture => Height > 0;

    /// <summary>It as C#.</summary>
    public string Code => CodeText.Of($"Buffer({At}, {Length})");
}

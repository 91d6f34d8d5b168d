namespace Gradus.Data;

/// <summary>The length of an array for some rows.</summary>
internal static class RowArray
{
    /// <exception cref="GradusException">The array would be longer than an array can be.</exception>
    public static int Length(int rows, int size)
    {
        var length = (long)rows * size;
        if (length <= Array.MaxLength) return (int)length;
        throw new GradusException($"data: {rows} rows of {size} numbers are {length}; an array holds at most {Array.MaxLength}. Take fewer rows at a time.");
    }
}

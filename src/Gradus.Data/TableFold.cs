namespace Gradus.Data;

/// <summary>One of the parts of a cross-validation: its rows are held out, those of the other parts are learnt from.</summary>
/// <param name="Number">The number of the part that is held out, from 1.</param>
/// <param name="Count">The number of parts, 2 or more.</param>
public readonly record struct TableFold(int Number, int Count)
{
    /// <summary>The rows of the part are the test set; of the others so many as the share of all rows says are the validation set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are too few rows.</exception>
    internal Split Of(int rows, double validationShare, ulong seed)
    {
        var (others, held, _) = Split.KFold(rows, Count, seed)[Number - 1];
        var validation = validationShare == 0 ? 0 : Math.Max(1, (int)(rows * validationShare + 0.5));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validation, others.Length, nameof(validationShare));
        return new Split(others[validation..], others[..validation], held);
    }
}

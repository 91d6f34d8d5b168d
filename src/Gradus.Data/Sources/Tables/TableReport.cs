namespace Gradus.Data;

/// <summary>What was dropped, filled and noticed when a table was read.</summary>
/// <param name="Rows">Number of rows of data in the file.</param>
/// <param name="Dropped">Number of rows left out because a cell is missing.</param>
/// <param name="Filled">Number of missing input cells that were filled.</param>
/// <param name="Unknown">Number of cells whose category does not occur in the training rows. All inputs of the column are 0 then.</param>
public sealed record TableReport(int Rows, int Dropped, int Filled, int Unknown)
{
    /// <summary>One line for everything that was recognized, left out or converted; empty for a plain table.</summary>
    public IReadOnlyList<OptionMessage> Notes { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableReport), PrintMembers);
}

/// <summary>A table that was loaded for training.</summary>
/// <param name="Data">The rows, split at random into training, validation and test set.</param>
/// <param name="Preprocessing">How rows became numbers, as learnt from the training rows. Keep it with the model.</param>
/// <param name="Report">What was dropped, filled and noticed.</param>
public sealed record TableSplit(DataSplit Data, TablePreprocessing Preprocessing, TableReport Report)
{
    /// <summary>What is doubtful about the table; null where <see cref="TableOptions.Audit"/> does not ask for it.</summary>
    public TableAudit? Audit { get; init; }
}

/// <summary>A table that was loaded for a trained model.</summary>
/// <param name="Data">The rows, in the order of the file.</param>
/// <param name="Lines">For each sample the line of the file on which its row starts, from 1. Dropped rows have no sample.</param>
/// <param name="Report">What was dropped, filled and noticed.</param>
public sealed record TableRows(Dataset Data, IReadOnlyList<int> Lines, TableReport Report)
{
    internal Func<int, int, object?>? Cells { get; init; }

    /// <summary>All columns of the table, to be read once more.</summary>
    internal TableContents? Contents { get; init; }

    /// <summary>A cell as it was read: a number, a text, or null where it is missing, and of the windows of a time series.</summary>
    /// <param name="sample">The number of the sample, from 0.</param>
    /// <param name="column">The number of the column among <see cref="TablePreprocessing.Columns"/>, from 0.</param>
    public object? CellOf(int sample, int column) => Cells?.Invoke(sample, column);

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableRows), PrintMembers);
}

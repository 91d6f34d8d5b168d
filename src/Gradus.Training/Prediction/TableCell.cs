namespace Gradus.Training;

/// <summary>A cell of a table that a model is asked about.</summary>
/// <param name="Text">The cell as it stands in the table, without spaces around it; empty where nothing stands.</param>
/// <param name="Value">A <see cref="double"/> in a column of numbers, a text, or null where the cell is missing.</param>
internal readonly record struct TableCell(string Text, object? Value);

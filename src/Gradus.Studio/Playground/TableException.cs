namespace Gradus.Studio;

/// <summary>What is wrong with a table that a person gave: where it is, what came, and what was expected, so that a page can say it in its language.</summary>
/// <param name="fault">What: many, few, columns, cells, number, oneClass, classes, choice.</param>
/// <param name="line">The line, from 1; 0 for the whole table.</param>
/// <param name="column">The column's name; empty for all.</param>
/// <param name="got">What came.</param>
/// <param name="expected">What was expected, in a number or a word; empty where the fault says it.</param>
internal sealed class TableException(string fault, int line, string column, string got, string expected = "")
    : Exception($"table: line {line}, column '{PlainText.Quote(column)}': {fault}: got '{PlainText.Quote(got)}', expected '{expected}'.")
{
    public string Fault => fault;

    public int Line => line;

    public string Column => column;

    public string Got => got;

    public string Expected => expected;
}

namespace Gradus;

/// <summary>
/// A derivative in symbols: <c>{x}</c>, <c>{y}</c> stand for the inputs, <c>{z}</c> for the result. What expressions use can be evaluated as it stands, in the
/// words of NumPy.
/// </summary>
/// <param name="Text">As one would type it.</param>
/// <param name="Latex">As a formula.</param>
internal readonly record struct DerivativeSymbol(string Text, string Latex)
{
    /// <summary>
    /// Whether it is the input's gradient in terms of <c>g</c>, that of the result; else the derivative that <c>g</c> is multiplied by, element by element.
    /// </summary>
    public bool IsRule { get; init; }

    /// <summary>
    /// How it is typed for tensors, where that differs: a choice between numbers is <c>if</c> and <c>else</c>, one between elements <c>where</c>.
    /// </summary>
    public string? OfTensors { get; init; }

    /// <summary>The input's gradient in terms of <c>g</c>.</summary>
    public static DerivativeSymbol Rule(string text, string latex) => new(text, latex) { IsRule = true };
}

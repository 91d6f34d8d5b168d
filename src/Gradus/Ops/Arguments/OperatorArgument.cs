namespace Gradus.Operators;

/// <summary>An argument of an operator.</summary>
/// <param name="Name">What it is called: <c>axis</c>, <c>keepDim</c>.</param>
/// <param name="Value">What it is.</param>
/// <param name="IsPerStep">
/// Whether it changes from one training step to the next, as a random position does or a rate; else it is structural: it fixes what is computed.
/// </param>
public readonly record struct OperatorArgument(string Name, object Value, bool IsPerStep = false);

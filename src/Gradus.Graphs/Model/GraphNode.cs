using System.Collections.Immutable;

namespace Gradus.Graphs;

/// <summary>What a node of a drawn graph stands for.</summary>
public enum GraphNodeKind
{
    /// <summary>A value with a name that a gradient is wanted of.</summary>
    Variable,

    /// <summary>A value that no gradient flows to.</summary>
    Constant,

    /// <summary>A value computed from others.</summary>
    Operation,
}

/// <summary>The derivative of a node's value with respect to one of its inputs.</summary>
/// <param name="Number">∂out/∂input, where the operation is one on single numbers and its inputs are known; else null.</param>
/// <param name="Rule">
/// The rule in symbols, <c>g</c> being the gradient of the output: <c>g * y</c>. Of an expression's operations it can be evaluated as it stands, in the words
/// of NumPy; of a network's some are told in words: <c>g where kept, scaled</c>.
/// </param>
/// <param name="Symbol">
/// The derivative in symbols where it acts element by element: <c>y</c>; else the rule: <c>outer(g, x)</c>, <c>sum(g * y, axis=0)</c>.
/// </param>
public readonly record struct LocalDerivative(double? Number, string Rule, string Symbol)
{
    /// <summary>The symbol as a formula of LaTeX, with places for names.</summary>
    internal string Latex { get; init; } = "";

    /// <summary>The rule as a formula of LaTeX, with places for names.</summary>
    internal string RuleLatex { get; init; } = "";

    /// <summary>What it does to the gradient, as one of the words of <see cref="RuleWords"/>.</summary>
    internal string Words { get; init; } = "";

    /// <summary>Whether it acts on each element by itself, so that the Jacobian is diagonal.</summary>
    internal bool IsDiagonal { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(LocalDerivative), PrintMembers);
}

/// <summary>A vertex of a <see cref="GraphModel"/>: a value, and how it came about.</summary>
public sealed record GraphNode
{
    internal GraphNode()
    {
    }

    /// <summary>Its place in <see cref="GraphModel.Nodes"/>.</summary>
    public required int Id { get; init; }

    /// <summary>The user's name, or one given here: <c>t1</c>, <c>t2</c>, … for what has none. A constant is called as it was written.</summary>
    public required string Name { get; init; }

    /// <summary>The operator's name; <c>variable</c> or <c>constant</c> for what is not computed.</summary>
    public required string Operation { get; init; }

    /// <summary>
    /// What the picture shows: of an operation its circle's <c>×</c> or <c>exp</c>; of a variable its name, of a parameter inside its module's frame without
    /// the module's path.
    /// </summary>
    public required string Symbol { get; init; }

    /// <summary>The operation with its inputs' names: <c>apple * apple_num</c>.</summary>
    public required string Formula { get; init; }

    /// <summary>Whether it is a variable, a constant, or computed.</summary>
    public required GraphNodeKind Kind { get; init; }

    /// <summary>The nodes it was computed from, in the operation's order.</summary>
    public ImmutableArray<int> Inputs { get; init; } = [];

    /// <summary>The shape of the value.</summary>
    public required Shape Shape { get; init; }

    /// <summary>The value, where it is known.</summary>
    public Tensor? Value { get; init; }

    /// <summary>The gradient of the heads with respect to this value, where it is known; null for constants.</summary>
    public Tensor? Gradient { get; init; }

    /// <summary>
    /// Of each of several heads, in the order of <see cref="GraphModel.Outputs"/>, what it adds to <see cref="Gradient"/>, null where nothing flows; empty if
    /// there is one head, and if there are more than 64.
    /// </summary>
    public ImmutableArray<Tensor?> HeadGradients { get; init; } = [];

    /// <summary>The innermost module call that computed it: its place in <see cref="GraphModel.Groups"/>; null outside of modules.</summary>
    public int? Group { get; init; }

    /// <summary>The module that this node stands for, where one is folded; else null.</summary>
    public GraphGroup? Folded { get; init; }

    /// <summary>The derivative with respect to each input.</summary>
    public ImmutableArray<LocalDerivative> Local { get; init; } = [];

    /// <summary>Whether the name is the user's.</summary>
    internal bool IsNamed { get; init; } = true;

    /// <summary>How to compute it again; null where this is not known.</summary>
    internal Operation? Definition { get; init; }

    /// <summary>The axis that the operation works along, if it was given one.</summary>
    internal int? Axis { get; init; }

    /// <summary>What the formula says beside the inputs, where the operation has no form of its own: <c>start 0</c>.</summary>
    internal ImmutableArray<string> Arguments { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Kind == GraphNodeKind.Operation ? $"{Name} = {Formula}" : Name;
}

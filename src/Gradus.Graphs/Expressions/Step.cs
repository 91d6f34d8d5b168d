namespace Gradus.Graphs;

/// <summary>One line of a program: a variable (no operation), a constant, or an operation on the results of steps before it.</summary>
internal sealed record Step
{
    /// <summary>The variable, what was assigned to, or how a constant was written; null until one is given.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the name is the user's.</summary>
    public bool IsNamed { get; init; } = true;

    public Operation? Operation { get; init; }

    public int[] Inputs { get; init; } = [];

    public int? Axis { get; init; }

    public Tensor? Constant { get; init; }

    /// <summary>Whether a name was given to a constant, which makes it a variable with a value: <c>x = 3</c>.</summary>
    public bool IsAssigned { get; init; }

    /// <summary>Whether it is part of the expression's text only, so that no gradient is wanted.</summary>
    public bool IsConstant => Constant is not null && !IsAssigned;

    /// <summary>Where in the expression it stands.</summary>
    public required int Position { get; init; }
}

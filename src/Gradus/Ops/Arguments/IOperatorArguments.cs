namespace Gradus.Operators;

/// <summary>The arguments of an operator, by name.</summary>
public interface IOperatorArguments
{
    /// <summary>Each of them, in the order of the record.</summary>
    IReadOnlyList<OperatorArgument> Named { get; }
}

namespace Gradus.Testing;

/// <summary>Stands in the place of a row for a method that is Tensor arithmetic over rows: the battery tries it like a row, and its gradient is theirs.</summary>
internal sealed class Composite(string name) : Op(name)
{
    /// <summary>Such a method has no rules of its own that could be asked what they read.</summary>
    internal override bool IsJoint => true;

    /// <summary>The spec of a method, by its name.</summary>
    /// <param name="name">The method.</param>
    /// <param name="cases">The uses that are tried.</param>
    /// <param name="types">The element types that the inputs may have; numbers, by default.</param>
    /// <param name="result">The result's element type, from the inputs'.</param>
    /// <param name="kind">What the method is to the chain rule.</param>
    /// <param name="misuses">Uses that must fail.</param>
    /// <param name="large">Uses that need much work.</param>
    public static OpSpec Spec(string name, IEnumerable<Case> cases, DType[]? types = null, Func<DType, DType>? result = null, OpKind kind = OpKind.Linear,
        Misuse[]? misuses = null, IEnumerable<Case>? large = null) =>
        OpSpec.General(new Composite(name) { Kind = kind }, cases, types, result, large: large, misuses: misuses, name: name);

    /// <summary>A use of such a method on one tensor.</summary>
    public static Case Use(string label, Input x, Func<Tensor, Tensor> apply, Func<NArray, NArray> reference) =>
        new($"[{string.Join(",", x.Shape)}] {label}", [x], t => [apply(t[0])], a => [reference(a[0])]);

    /// <summary>A use of such a method on several.</summary>
    public static Case Use(string label, Input[] inputs, Func<Tensor[], Tensor> apply, Func<NArray[], NArray> reference) =>
        new($"{string.Join(" ", inputs.Select(static input => $"[{string.Join(",", input.Shape)}]"))} {label}", inputs, t => [apply(t)], a => [reference(a)]);

    internal override Tensor? Differentiate(Node node, int input, Tensor gradient, bool recording) => throw new InvalidOperationException($"{Name} is no row.");
}

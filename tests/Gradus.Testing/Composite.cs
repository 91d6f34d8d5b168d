namespace Gradus.Testing;

/// <summary>Specs of methods that rearrange elements by Tensor arithmetic over rows.</summary>
internal static class Composite
{
    /// <summary>The spec of a method, by its name.</summary>
    /// <param name="name">The method.</param>
    /// <param name="cases">The uses that are tried.</param>
    /// <param name="types">The element types that the inputs may have; numbers, by default.</param>
    /// <param name="result">The result's element type, from the inputs'.</param>
    /// <param name="misuses">Uses that must fail.</param>
    /// <param name="large">Uses that need much work.</param>
    public static OpSpec Spec(string name, IEnumerable<Case> cases, DType[]? types = null, Func<DType, DType>? result = null,
        Misuse[]? misuses = null, IEnumerable<Case>? large = null) =>
        OpSpec.Composite(name, [.. cases, .. (large ?? []).Select(static use => use with { IsLarge = true })], types, result, misuses: misuses);

    /// <summary>A use of such a method on one tensor.</summary>
    public static Case Use(string label, Input x, Func<Tensor, Tensor> apply, Func<NArray, NArray> reference) =>
        new($"[{string.Join(",", x.Shape)}] {label}", [x], t => [apply(t[0])], a => [reference(a[0])]);

    /// <summary>A use of such a method on several.</summary>
    public static Case Use(string label, Input[] inputs, Func<Tensor[], Tensor> apply, Func<NArray[], NArray> reference) =>
        new($"{string.Join(" ", inputs.Select(static input => $"[{string.Join(",", input.Shape)}]"))} {label}", inputs, t => [apply(t)], a => [reference(a)]);
}

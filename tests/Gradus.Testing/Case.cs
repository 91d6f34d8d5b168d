namespace Gradus.Testing;

/// <summary>One use of an operator: inputs, arguments, and what must come out.</summary>
/// <param name="Label">What is special about it.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Apply">The operator, with its arguments.</param>
/// <param name="Reference">The same in float64, written as plainly as can be: one array for each output.</param>
internal sealed record Case(string Label, IReadOnlyList<Input> Inputs, Func<Tensor[], Tensor[]> Apply, Func<NArray[], NArray[]> Reference)
{
    /// <summary>The row's composed twin, where it has one.</summary>
    public Func<Tensor[], Tensor>? Composed { get; init; }

    /// <summary>Whether it is only for checks that need much work: threads, vector widths.</summary>
    public bool IsLarge { get; init; }

    public static Case Of(Input[] inputs, Func<Tensor[], Tensor> method, Func<NArray[], NArray> reference, string label = "") =>
        new($"{Text(default(None), inputs)} {label}", inputs, t => [method(t)], a => [reference(a)]);

    public static Case Of<TArgs>(UnaryOp<TArgs> row, TArgs args, Input x, Func<NArray, NArray> reference) =>
        new(Text(args, x), [x], t => [row.Apply(t[0], args)], a => [reference(a[0])])
        {
            Composed = row.Spec is { } spec ? t => spec(t[0], args) : null,
        };

    public static Case Of<TArgs>(ViewOp<TArgs> row, TArgs args, Input x, Func<NArray, NArray> reference) =>
        new(Text(args, x), [x], t => [row.Apply(t[0], args)], a => [reference(a[0])]);

    public static Case Of<TArgs>(IndexedOp<TArgs> row, TArgs args, Input x, Func<NArray, NArray[]> reference) =>
        new(Text(args, x), [x], t => row.Apply(t[0], args) is var (value, index) ? [value, index] : [], a => reference(a[0]));

    public static Case Of<TArgs>(BinaryOp<TArgs> row, TArgs args, Input x, Input y, Func<NArray, NArray, NArray> reference) =>
        new(Text(args, x, y), [x, y], t => [row.Apply(t[0], t[1], args)], a => [reference(a[0], a[1])])
        {
            Composed = row.Spec is { } spec ? t => spec(t[0], t[1], args) : null,
        };

    public static Case Of<TArgs>(TernaryOp<TArgs> row, TArgs args, Input x, Input y, Input z, Func<NArray, NArray, NArray, NArray> reference) =>
        new(Text(args, x, y, z), [x, y, z], t => [row.Apply(t[0], t[1], t[2], args)], a => [reference(a[0], a[1], a[2])])
        {
            Composed = row.Spec is { } spec ? t => spec(t[0], t[1], t[2], args) : null,
        };

    /// <summary>Without the third input.</summary>
    public static Case Of<TArgs>(TernaryOp<TArgs> row, TArgs args, Input x, Input y, Func<NArray, NArray, NArray> reference) =>
        new(Text(args, x, y), [x, y], t => [row.Apply(t[0], t[1], null, args)], a => [reference(a[0], a[1])])
        {
            Composed = row.Spec is { } spec ? t => spec(t[0], t[1], null, args) : null,
        };

    public static Case Of<TArgs>(VariadicOp<TArgs> row, TArgs args, Input[] inputs, Func<NArray[], NArray> reference) =>
        new(Text(args, inputs), inputs, t => [row.Apply(t, args)], a => [reference(a)]);

    public static Case Of<TArgs>(FusedOp<TArgs> row, TArgs args, Input[] inputs, Func<NArray[], NArray> reference) =>
        Of(row, args, inputs, (Func<NArray[], NArray[]>)(values => [reference(values)]));

    public static Case Of<TArgs>(FusedOp<TArgs> row, TArgs args, Input[] inputs, Func<NArray[], NArray[]> reference) =>
        new(Text(args, inputs), inputs, t => row.ApplyAll(t, args), reference)
        {
            Composed = t => row.Specification(t, args)[0],
        };

    private static string Text<TArgs>(TArgs args, params Input[] inputs) =>
        string.Join(" ", inputs.Select(static input => $"[{string.Join(",", input.Shape)}]")) + (typeof(TArgs) == typeof(None) ? "" : $" {args}");
}

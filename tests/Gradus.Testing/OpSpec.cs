using System.Runtime.CompilerServices;

namespace Gradus.Testing;

/// <summary>A use that must fail.</summary>
/// <param name="What">What is wrong with it.</param>
/// <param name="Act">The use.</param>
/// <param name="Message">Part of what the error must say.</param>
internal sealed record Misuse(string What, Action Act, string Message);

/// <summary>
/// All that the battery has to know of a row of the table of operators. From it follow the checks of values, shapes, strides, gradients, bits and errors.
/// </summary>
internal sealed class OpSpec
{
    /// <summary>The element types there are.</summary>
    public static readonly DType[] AllTypes = [DType.Bool, DType.Int32, DType.Int64, DType.Float32, DType.Float64];

    /// <summary>Those that have arithmetic.</summary>
    public static readonly DType[] Numbers = [DType.Int32, DType.Int64, DType.Float32, DType.Float64];

    /// <summary>Those that have gradients.</summary>
    public static readonly DType[] Floats = [DType.Float32, DType.Float64];

    private static readonly int[][] Shapes = [[], [1], [5], [2, 3], [2, 1, 3], [2, 3, 2, 2], [0], [2, 0, 3]];

    private static readonly int[][][] Pairs = [[[2, 3], [3]], [[], [4]], [[3, 1], [1, 2]]];

    private OpSpec(Op? row, string name)
    {
        Row = row;
        Name = name[(name.LastIndexOf('.') + 1)..];
    }

    /// <summary>The name of the row's field in <c>Ops</c>, or of the method that is composed of rows.</summary>
    public string Name { get; }

    /// <summary>The row; null for a method that is composed of rows, of which the battery checks all but what a row declares.</summary>
    public Op? Row { get; }

    /// <summary>Whether finite differences are exact: the operator is linear in what it is differentiated by.</summary>
    public bool IsLinear => Row?.Kind is OpKind.Linear or OpKind.Bilinear;

    /// <summary>The uses that are tried.</summary>
    public required IReadOnlyList<Case> Cases { get; init; }

    /// <summary>Of an operator that goes element by element: its use on inputs of any shapes.</summary>
    public Func<int[][], Case>? CaseOf { get; private init; }

    /// <summary>The number of inputs of <see cref="CaseOf"/>.</summary>
    public int Arity { get; private init; }

    /// <summary>The element types that the inputs may have.</summary>
    public DType[] Types { get; init; } = Numbers;

    /// <summary>The result's element type, from the inputs'.</summary>
    public Func<DType, DType> Result { get; init; } = static type => type;

    /// <summary>How far results may be from the reference.</summary>
    public Func<DType, Tolerance> Tolerance { get; init; } = Testing.Tolerance.Elementwise;

    /// <summary>Whether the reference is right for NaN, ±∞ and the extremes of the type too.</summary>
    public bool HoldsForSpecials { get; init; } = true;

    /// <summary>Uses that must fail.</summary>
    public IReadOnlyList<Misuse> Misuses { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>An operator of one input that goes element by element.</summary>
    public static OpSpec Elementwise<TArgs>(UnaryOp<TArgs> row, Func<double, double> reference, Domain? domain = null,
        TArgs args = default!, DType[]? types = null, Func<DType, DType>? result = null, bool specials = true,
        Func<DType, Tolerance>? tolerance = null, Misuse[]? misuses = null, [CallerArgumentExpression(nameof(row))] string name = "")
    {
        var on = domain ?? Domain.Plain;
        return ByElement(row, name, 1, shapes => Case.Of(row, args, new Input(shapes[0], on), x => Mapped(x, reference)), [], types, result,
            specials, tolerance, misuses);
    }

    /// <summary>A function of real numbers: integers and bools are computed as f32.</summary>
    public static OpSpec Real(UnaryOp<None> row, Func<double, double> reference, Domain domain, Func<DType, Tolerance>? tolerance = null,
        [CallerArgumentExpression(nameof(row))] string name = "") =>
        Elementwise(row, reference, domain, types: AllTypes, result: Promotion.Real, tolerance: tolerance, name: name);

    /// <summary>An operator of two inputs that goes element by element, broadcasting.</summary>
    public static OpSpec Elementwise(BinaryOp<None> row, Func<double, double, double> reference, Domain? x = null, Domain? y = null, DType[]? types = null,
        Func<DType, DType>? result = null, bool specials = true, Func<DType, Tolerance>? tolerance = null,
        [CallerArgumentExpression(nameof(row))] string name = "", Misuse[]? misuses = null)
    {
        Domain onX = x ?? Domain.Plain, onY = y ?? x ?? Domain.Plain;
        Misuse[] own = types is null ? [Broadcasting(row, Numbers[^1]), NoArithmetic(row)] : [Broadcasting(row, types[^1])];
        return ByElement(row, name, 2,
            shapes => Case.Of(row, default, new Input(shapes[0], onX), new Input(shapes[1], onY), (left, right) => Mapped(left, right, reference)),
            Pairs, types, result, specials, tolerance, [.. own, .. misuses ?? []]);
    }

    /// <summary>An operator of three inputs, the first a condition, that goes element by element, broadcasting.</summary>
    public static OpSpec Choice(TernaryOp<None> row, Func<double, double, double, double> reference,
        [CallerArgumentExpression(nameof(row))] string name = "") =>
        ByElement(row, name, 3,
            shapes => Case.Of(row, default, Input.Condition(shapes[0]), new Input(shapes[1], Domain.Plain), new Input(shapes[2], Domain.Plain), (c, x, y) =>
                NArray.Build(NArray.BroadcastShape(c.Shape, x.Shape, y.Shape)!,
                    position => reference(c.Stretched(position), x.Stretched(position), y.Stretched(position)))),
            [[[2, 1], [3], []]], AllTypes,
            misuses: [new("a condition of numbers", static () => Tensor.Where(Tensor.Ones([2]), Tensor.Ones([2]), Tensor.Ones([2])),
                "where: expected a bool condition, got f32[2]")]);

    /// <summary>A method of one tensor that goes element by element and is composed of rows.</summary>
    public static OpSpec Composite(string name, Func<Tensor, Tensor> method, Func<double, double> reference, Domain? domain = null, DType[]? types = null,
        Func<DType, DType>? result = null, bool specials = true, Func<DType, Tolerance>? tolerance = null, Misuse[]? misuses = null)
    {
        var on = domain ?? Domain.Plain;
        return ByElement(null, name, 1, shapes => Case.Of([new Input(shapes[0], on)], t => method(t[0]), a => Mapped(a[0], reference)), [], types, result,
            specials, tolerance, misuses);
    }

    /// <summary>A method of two tensors that goes element by element, broadcasting, and is composed of rows.</summary>
    public static OpSpec Composite(string name, Func<Tensor, Tensor, Tensor> method, Func<double, double, double> reference, Domain? x = null,
        Domain? y = null, DType[]? types = null, Func<DType, DType>? result = null, bool specials = true,
        Func<DType, Tolerance>? tolerance = null, Misuse[]? misuses = null)
    {
        Domain onX = x ?? Domain.Plain, onY = y ?? x ?? Domain.Plain;
        return ByElement(null, name, 2,
            shapes => Case.Of([new Input(shapes[0], onX), new Input(shapes[1], onY)], t => method(t[0], t[1]), a => Mapped(a[0], a[1], reference)),
            Pairs, types, result, specials, tolerance, misuses);
    }

    /// <summary>Any method that is composed of rows, by its uses.</summary>
    public static OpSpec Composite(string name, IEnumerable<Case> cases, DType[]? types = null, Func<DType, DType>? result = null,
        Func<DType, Tolerance>? tolerance = null, Misuse[]? misuses = null) =>
        new(null, name)
        {
            Cases = [.. cases],
            Types = types ?? Numbers,
            Result = result ?? (static type => type),
            Tolerance = tolerance ?? Testing.Tolerance.Accumulated,
            Misuses = misuses ?? [],
        };

    /// <summary>Any operator, by its uses.</summary>
    public static OpSpec General(Op row, IEnumerable<Case> cases, DType[]? types = null, Func<DType, DType>? result = null,
        Func<DType, Tolerance>? tolerance = null, IEnumerable<Case>? large = null, Misuse[]? misuses = null,
        [CallerArgumentExpression(nameof(row))] string name = "") => new(row, name)
        {
            Cases = [.. cases, .. (large ?? []).Select(static @case => @case with { IsLarge = true })],
            Types = types ?? Numbers,
            Result = result ?? (static type => type),
            Tolerance = tolerance ?? Testing.Tolerance.Accumulated,
            Misuses = misuses ?? [],
        };

    /// <summary>What goes element by element: every shape for all inputs alike, and those shapes that broadcast.</summary>
    private static OpSpec ByElement(Op? row, string name, int arity, Func<int[][], Case> caseOf, int[][][] broadcasting, DType[]? types = null,
        Func<DType, DType>? result = null, bool specials = true, Func<DType, Tolerance>? tolerance = null, Misuse[]? misuses = null) => new(row, name)
        {
            Cases = [.. Shapes.Select(shape => caseOf([.. Enumerable.Repeat(shape, arity)])), .. broadcasting.Select(caseOf)],
            CaseOf = caseOf,
            Arity = arity,
            Types = types ?? Numbers,
            Result = result ?? (static type => type),
            HoldsForSpecials = specials,
            Tolerance = tolerance ?? Testing.Tolerance.Elementwise,
            Misuses = misuses ?? [],
        };

    private static NArray Mapped(NArray x, Func<double, double> reference) => new(x.Shape, [.. x.Values.Select(reference)]);

    private static NArray Mapped(NArray x, NArray y, Func<double, double, double> reference) =>
        NArray.Build(NArray.BroadcastShape(x.Shape, y.Shape)!, position => reference(x.Stretched(position), y.Stretched(position)));

    private static Misuse NoArithmetic(BinaryOp<None> row) =>
        new("bool", () => row.Apply(Tensor.Of(true), Tensor.Of(false), default), $"{row.Name}: bool has no arithmetic. Convert it with To().");

    private static Misuse Broadcasting(BinaryOp<None> row, DType type) => new("shapes that do not broadcast",
        () => row.Apply(Tensor.Ones([2, 3], type), Tensor.Ones([2], type), default),
        $"{row.Name}: [2,3] and [2] do not broadcast: sizes 3 and 2 differ and neither is 1.");
}

namespace Gradus.Testing;

/// <summary>Where the inputs of a test lie: an interval in which the function is smooth.</summary>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest.</param>
internal readonly record struct Domain(double Low, double High)
{
    /// <summary>Nothing special: around zero.</summary>
    public static readonly Domain Plain = new(-2, 2);

    /// <summary>Above zero.</summary>
    public static readonly Domain Positive = new(0.3, 3);

    /// <summary>Away from zero and from every multiple of a quarter: kinks lie there.</summary>
    public static readonly Domain OffGrid = new(-2, 2) { Grid = 0.25, Shift = 0.125 };

    /// <summary>On multiples of a quarter, so at least an eighth from <see cref="OffGrid"/>.</summary>
    public static readonly Domain OnGrid = new(-2, 2) { Grid = 0.25 };

    /// <summary>No two values alike, and all a quarter apart: a maximum stays where it is.</summary>
    public static readonly Domain Distinct = new(-2, 2) { AllDifferent = true };

    /// <summary>If not 0, values are multiples of this.</summary>
    public double Grid { get; init; }

    /// <summary>What is added to those multiples.</summary>
    public double Shift { get; init; }

    /// <summary>Whether the values are a shuffle of 0, ¼, ½, … around zero.</summary>
    public bool AllDifferent { get; init; }
}

/// <summary>An input of a case: its shape, where its values lie, and its element type where that is not free.</summary>
internal sealed record Input(int[] Shape, Domain Domain, DType? Fixed = null)
{
    /// <summary>Positions on an axis of a size.</summary>
    public static Input Index(int[] shape, int size) => new(shape, new Domain(0, size - 1), DType.Int64);

    /// <summary>A condition.</summary>
    public static Input Condition(int[] shape) => new(shape, new Domain(0, 1), DType.Bool);

    /// <summary>Whether a gradient can reach it.</summary>
    public bool IsReal => Fixed is null or DType.Float32 or DType.Float64;
}

/// <summary>Test inputs: the same for the same seed, on every machine.</summary>
internal static class Samples
{
    /// <summary>Values for an input, exact in the type in which they will be used.</summary>
    public static NArray Draw(Input input, DType dtype, int seed)
    {
        var random = new Random(seed);
        var count = input.Shape.Aggregate(1, static (product, size) => product * size);
        var values = new double[count];
        var domain = input.Domain;
        for (var index = 0; index < count; index++)
        {
            var value = domain.Low + (random.NextDouble() * (domain.High - domain.Low));
            if (domain.Grid != 0) value = (Math.Round((value - domain.Shift) / domain.Grid) * domain.Grid) + domain.Shift;
            if (domain.AllDifferent) value = (index - (count / 2)) * 0.25;
            values[index] = Fit(value, input.Fixed ?? dtype);
        }

        if (domain.AllDifferent) random.Shuffle(values);
        return new NArray(input.Shape, values);
    }

    /// <summary>Values for all inputs of a case.</summary>
    public static NArray[] Draw(Case @case, DType dtype, int seed = 1) =>
        [.. @case.Inputs.Select((input, index) => Draw(input, dtype, (seed * 31) + index))];

    /// <summary>Values as tensors.</summary>
    public static Tensor[] Tensors(Case @case, NArray[] values, DType dtype) =>
        [.. values.Select((array, index) => ToTensor(array, @case.Inputs[index].Fixed ?? dtype))];

    /// <summary>An array as a tensor.</summary>
    public static Tensor ToTensor(NArray array, DType dtype) => Tensor.From(array.Values, Shape.Create(array.Shape)).To(dtype);

    /// <summary>The value of a type nearest to a number.</summary>
    public static double Fit(double value, DType dtype) => dtype switch
    {
        DType.Float64 => value,
        DType.Float32 => (float)value,
        DType.Bool => Math.Round(value) != 0 ? 1 : 0,
        _ => Math.Round(value),
    };
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gradus.Compare;

/// <summary>One use of an operator.</summary>
/// <param name="Op">Its name in <see cref="Operations"/>.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Seeds">What the gradients begin with, for each output; null for outputs that have none. Empty where no gradient is compared.</param>
/// <param name="Second">Whether the gradient of the sum of the squared gradients is compared too.</param>
internal sealed record ComparedCase(string Op, Dictionary<string, JsonElement> Args, ComparedInput[] Inputs, double[]?[] Seeds, bool Second)
{
    /// <summary>How cases and results are written: NaN and infinities as text.</summary>
    public static readonly JsonSerializerOptions Format =
        new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public ComparedResult Run()
    {
        var leaves = Array.ConvertAll(Inputs, static input => input.Leaf());
        var outputs = Operations.All[Op](Inputs.Select((input, index) => input.View(leaves[index])).ToArray(), new OperationArguments(Args));
        var results = Array.ConvertAll(outputs,
            static output => new ComparedArray(output.Shape.ToArray(), output.Detach().To(DType.Float64).ToArray<double>()));
        if (Seeds.Length == 0) return new(null, results, [], []);

        var variables = leaves.Where(static leaf => leaf.Node is not null).ToArray();
        var heads = outputs.Where((output, index) => Seeds[index] is not null && output.Node is not null).ToArray();
        var seeds = outputs.Select((output, index) => output.Node is null || Seeds[index] is not { } seed ? null
            : Tensor.From(seed, output.Shape).To(output.DType)).OfType<Tensor>().ToArray();
        if (heads.Length == 0) return new(null, results, new double[variables.Length][], []);
        var gradients = Autograd.Grad(heads, variables, seeds, createGraph: Second);
        var first = Array.ConvertAll(gradients, Values);
        var curved = gradients.OfType<Tensor>().Where(static gradient => gradient.Node is not null).ToArray();
        if (!Second || curved.Length == 0) return new(null, results, first, []);
        var squares = curved.Select(static gradient => (gradient * gradient).Sum()).Aggregate(static (sum, next) => sum + next);
        return new(null, results, first, Array.ConvertAll(Autograd.Grad([squares], variables), Values));
    }

    private static double[]? Values(Tensor? gradient) => gradient?.Detach().To(DType.Float64).ToArray<double>();
}

/// <summary>An input: values, and the views that are made of them before the operator sees them.</summary>
/// <param name="Values">The numbers, in row-major order.</param>
/// <param name="Shape">Their shape.</param>
/// <param name="Type">f32, f64, i64 or bool.</param>
/// <param name="Views">Views: transpose a b; slice axis start length step; flip axis; expand axis size.</param>
/// <param name="Grad">Whether it is differentiated by.</param>
internal sealed record ComparedInput(double[] Values, int[] Shape, string Type, JsonElement[][] Views, bool Grad)
{
    public Tensor Leaf()
    {
        var tensor = Tensor.From(Values, Gradus.Shape.Create(Shape))
            .To(Type switch { "f32" => DType.Float32, "f64" => DType.Float64, "i64" => DType.Int64, _ => DType.Bool });
        return Grad ? tensor.RequireGrad() : tensor;
    }

    public Tensor View(Tensor leaf) => Views.Aggregate(leaf, static (x, view) =>
    {
        var numbers = view.Skip(1).Select(static number => number.GetInt32()).ToArray();
        return view[0].GetString() switch
        {
            "transpose" => x.Transpose(numbers[0], numbers[1]),
            "slice" => x.Slice(numbers[0], numbers[1], numbers[2], numbers[3]),
            "flip" => x.Flip(numbers[0]),
            "expand" => x.Expand([.. x.Shape.AsSpan()[..numbers[0]], numbers[1], .. x.Shape.AsSpan()[(numbers[0] + 1)..]]),
            var other => throw new GradusException($"compare: there is no view {other}."),
        };
    });
}

/// <summary>An array of numbers.</summary>
internal sealed record ComparedArray(int[] Shape, double[] Values);

/// <summary>What came of a case: values and gradients, or the error.</summary>
internal sealed record ComparedResult(string? Error, ComparedArray[] Outputs, double[]?[] Gradients, double[]?[] Second);

/// <summary>Arguments by name.</summary>
internal sealed class OperationArguments(Dictionary<string, JsonElement> values)
{
    public int Int(string name) => values[name].GetInt32();

    public double Number(string name) => values[name].Deserialize<double>(ComparedCase.Format);

    public string Text(string name) => values[name].GetString()!;

    public bool Flag(string name) => values[name].GetBoolean();

    public bool Has(string name) => values.ContainsKey(name);

    public int[] Ints(string name) => values[name].Deserialize<int[]>()!;

    public Size3 Volume(string name) =>
        Ints(name) is [var depth, var height, var width] ? (depth, height, width) : throw new GradusException($"compare: {name} is no size of a volume.");

    public Size2 Size(string name) => Ints(name) is [var height, var width] ? (height, width) : throw new GradusException($"compare: {name} is no size.");
}

using System.Globalization;

namespace Gradus.Tests.Battery;

/// <summary>
/// Values, first and second derivatives against numbers of a thousand digits, in both types, from 1e-38 to 3.4e38: tests/compare-torch/derivatives.py writes
/// derivatives.txt.
/// </summary>
public class DerivativesTests
{
    private static readonly ILookup<string, double[]> Numbers = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Battery", "derivatives.txt"))
        .Select(static line => line.Split(' '))
        .ToLookup(static parts => parts[0], static parts => parts[1..].Select(static text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray());

    public static TheoryData<string> Names => [.. Numbers.Select(static function => function.Key)];

    [Theory, MemberData(nameof(Names))]
    public void Derivatives_keep_their_digits_over_all_magnitudes(string name)
    {
        // given
        var lines = Numbers[name].ToArray();
        var arity = lines[0].Length == 4 ? 1 : 2;

        // when
        var checks =
            from type in new[] { DType.Float32, DType.Float64 }
            from result in Results(name, arity, lines, type).Select((values, order) => (values, order))
            from place in Enumerable.Range(0, lines.Length)
            let want = lines[place][arity + result.order]
            select ($"{type} {string.Join(", ", lines[place][..arity])}, number {result.order}", Fault(want, result.values[place], type));

        // then
        Specs.Holds(checks);
    }

    /// <summary>The value and the derivatives in the order of the file: z, z′, z″; or z, z_x, z_y, z_xx, z_xy, z_yy.</summary>
    private static List<double[]> Results(string name, int arity, double[][] lines, DType type)
    {
        var inputs = Enumerable.Range(0, arity)
            .Select(at => Tensor.From(lines.Select(line => line[at]).ToArray(), [lines.Length]).To(type).RequireGrad()).ToArray();
        var output = Function(name)(inputs);
        var first = Autograd.Grad([output], inputs, [Tensor.Ones(output.Shape, type)], createGraph: true);
        var results = new List<double[]> { output.ToArray<double>() };
        results.AddRange(first.Select(static gradient => gradient!.ToArray<double>()));
        for (var left = 0; left < arity; left++)
        {
            var second = first[left]!.Node is null
                ? new Tensor?[arity]
                : Autograd.Grad([first[left]!], inputs, [Tensor.Ones(output.Shape, type)], retainGraph: true);
            for (var right = left; right < arity; right++) results.Add(second[right]?.ToArray<double>() ?? new double[lines.Length]);
        }

        return results;
    }

    private static Func<Tensor[], Tensor> Function(string name) => name switch
    {
        "Softplus" => static x => x[0].Softplus(),
        "Elu" => static x => x[0].Elu(),
        "Softsign" => static x => x[0].Softsign(),
        "Tanhshrink" => static x => x[0].Tanhshrink(),
        _ => typeof(Ops).GetField(name)!.GetValue(null) switch
        {
            UnaryOp<None> row => x => row.Apply(x[0], default),
            BinaryOp<None> row => x => row.Apply(x[0], x[1], default),
            _ => throw new InvalidOperationException(name),
        },
    };

    private static string? Fault(double want, double got, DType type)
    {
        var (relative, least, most) = type == DType.Float32 ? (1e-4, 1e-36, 1e38) : (1e-11, 1e-300, 1e305);
        if (Math.Abs(want) >= most) return double.IsNaN(got) ? FormattableString.Invariant($"NaN, expected {want:R}") : null;
        return Math.Abs(got - want) <= Math.Max(relative * Math.Abs(want), least)
            ? null
            : FormattableString.Invariant($"{got:R}, expected {want:R}, off by {Math.Abs(got - want) / Math.Abs(want):0.0e+0}");
    }
}

using System.Globalization;

namespace Gradus.Graphs;

internal static partial class Rules
{
    public static DerivativeSymbol Reshape(OperationUse use, int input) => DerivativeSymbol.Rule(
        $"reshape(g, ({string.Join(", ", use.Inputs[0].ToArray())}{(use.Inputs[0].Rank == 1 ? "," : "")}))", @"\operatorname{reshape}(g)");

    /// <summary>Of values joined along an axis: its piece.</summary>
    public static DerivativeSymbol Concat(OperationUse use, int input)
    {
        var axis = use.Axes?[0] ?? 0;
        var start = use.Inputs.Take(input).Sum(shape => shape[axis]);
        var range = $"{string.Concat(Enumerable.Repeat(":, ", axis))}{start}:{start + use.Inputs[input][axis]}";
        return DerivativeSymbol.Rule($"g[{range}]", $@"g_{{{range}}}");
    }

    /// <summary>Of the mean of the squared deviations.</summary>
    public static DerivativeSymbol Variance(OperationUse use, int input)
    {
        if (use.IsScalar) return Zero;
        var count = use.Reduced.Aggregate(1L, (product, axis) => product * use.Inputs[0][axis]).ToString(CultureInfo.InvariantCulture);
        return DerivativeSymbol.Rule(
            $"2 / {count} * {Expanded(use, "g")} * ({{x}} - {Along(use, "mean", "{x}")})",
            $@"\tfrac{{2}}{{{count}}} {Latex(use, "g")} \odot ({{x}} - \bar{{{{x}}}})");
    }

    /// <summary>Of the Euclidean norm: the direction. Where the norm is 0 there is none, and the engine takes 0.</summary>
    public static DerivativeSymbol Norm(OperationUse use, int input)
    {
        if (use.IsScalar) return new("sign({x})", @"\operatorname{sign}({x})");
        var hasZero = use.Result?.To(DType.Float64).ToArray<double>().Contains(0) is true;
        var scaled = Expanded(use, hasZero ? "where({z} == 0, 0, g / {z})" : "g / {z}");
        return DerivativeSymbol.Rule($"{scaled} * {{x}}", $@"{Latex(use, "g")} \odot \frac{{{{x}}}}{{{{z}}}}");
    }

    public static DerivativeSymbol CrossEntropy(OperationUse use, int input)
    {
        var (logits, target) = (use.Inputs[0], use.Inputs[1]);
        var isOfClasses = Graphs.CrossEntropy.IsOfClasses(logits, target);
        if (isOfClasses && input == 1) return Zero;
        var axis = logits.Rank > 1 ? ", axis=-1" : "";
        var rows = logits.ElementCount / logits[-1];
        var (softmax, formula) = ($"softmax({{x}}{axis})", @"\operatorname{softmax}({x})");
        var (mean, share) = rows > 1 ? ($"g / {rows}", $@"\tfrac{{g}}{{{rows}}}") : ("g", "g");
        if (input == 1) return DerivativeSymbol.Rule($"-{mean} * log({softmax})", $@"-{share} \ln {formula}");
        if (isOfClasses)
        {
            return DerivativeSymbol.Rule(
                $"{mean} * ({softmax} - one_hot({{y}}, {logits[-1]}))", $@"{share} \left({formula} - \operatorname{{onehot}}({{y}})\right)");
        }

        // Of a distribution the sum is 1.
        var isDistribution = use.Values?[1].Sum(-1).ToArray<double>().All(static sum => Math.Abs(sum - 1) < 1e-14) is true;
        return isDistribution
            ? DerivativeSymbol.Rule($"{mean} * ({softmax} - {{y}})", $@"{share} \left({formula} - {{y}}\right)")
            : DerivativeSymbol.Rule(
                $"{mean} * (sum({{y}}{(axis.Length > 0 ? axis + ", keepdims=True" : "")}) * {softmax} - {{y}})",
                $@"{share} \left(\textstyle\sum {{y}} \odot {formula} - {{y}}\right)");
    }

    public static DerivativeSymbol LayerNorm(OperationUse use, int input)
    {
        use = Last(use);
        string Mean(string text) => Along(use, "mean", text);
        return DerivativeSymbol.Rule(
            $"(g - {Mean("g")} - {{z}} * {Mean("g * {z}")}) / sqrt({Along(use, "var", "{x}")} + 1e-05)",
            @"\frac{g - \overline{g} - {z} \odot \overline{g \odot {z}}}{\sqrt{\operatorname{var}({x}) + 10^{-5}}}");
    }
}

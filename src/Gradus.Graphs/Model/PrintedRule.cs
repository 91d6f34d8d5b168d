using System.Collections.Concurrent;
using System.Globalization;

namespace Gradus.Graphs;

/// <summary>
/// The derivative of an elementwise operator as its own rule computes it: the rule is run once on numbers, recorded, and the record written out. So it cannot
/// say anything else than what is computed.
/// </summary>
internal static class PrintedRule
{
    /// <summary>Longer formulas explain less than the name of the function with a prime.</summary>
    private const int Longest = 72;

    private static readonly string[] Letters = ["{x}", "{y}"];

    private static readonly ConcurrentDictionary<(Op Op, object? Arguments, int Input), DerivativeSymbol?> Known = new();

    /// <summary>The derivative with respect to an input; null where the rule is long, or does more than arithmetic.</summary>
    public static DerivativeSymbol? Of(Node node, int input) =>
        Known.GetOrAdd((node.Op!, node.Arguments, input), static (_, use) => Print(use.Node, use.Input), (Node: node, Input: input));

    private static DerivativeSymbol? Print(Node node, int input)
    {
        // Symbols have letters for two inputs.
        if (node.InputCount > Letters.Length) return null;
        using var scope = new TensorScope();
        using var mode = GradMode.Set(true);
        var inputs = new Tensor[node.InputCount];
        for (var index = 0; index < inputs.Length; index++)
        {
            inputs[index] = Tensor.Scalar(0.4 + (0.2 * index)).To(node.Input(index).DType.IsFloat ? DType.Float64 : node.Input(index).DType);
            if (inputs[index].DType.IsFloat) inputs[index].RequireGrad();
        }

        var again = node.Op!.Replay(node, inputs)[0].Node;
        if (again is null || again.Op != node.Op) return null;
        var gradient = Tensor.Scalar(1.0).RequireGrad();
        using var writer = new Writer();
        writer.Name(gradient.Node!, new("g", "g", Formula.Atom));
        for (var index = 0; index < inputs.Length; index++)
        {
            if (inputs[index].Node is { } leaf) writer.Name(leaf, Formula.Place(Letters[index]));
        }

        writer.Name(again, Formula.Place("{z}"));
        var result = node.Op.Differentiate(again, input, gradient, recording: true);
        if (result is null || writer.Of(result) is not { } whole || whole.Text.Length > Longest) return null;
        return whole.Factor is { } factor ? new(factor.Text, factor.Latex) : DerivativeSymbol.Rule(whole.Text, whole.Latex);
    }

    /// <summary>A piece of a formula, and how strongly it holds together.</summary>
    private sealed record Formula(string Text, string Latex, int Strength)
    {
        public const int Comparison = 0, Sum = 1, Product = 2, Power = 3, Atom = 4;

        /// <summary>What g is multiplied by, where the formula is such a product.</summary>
        public Formula? Factor { get; init; }

        public bool IsGradient => Text == "g";

        public static Formula Place(string name) => new(name, name, Atom);

        public static Formula Number(double value)
        {
            var (text, latex) = value switch
            {
                Math.PI => ("pi", @"\pi"),
                double.Pi / 2 => ("pi / 2", @"\tfrac{\pi}{2}"),
                0.6931471805599453 => ("log(2)", @"\ln 2"),
                2.302585092994046 => ("log(10)", @"\ln 10"),
                1.1283791670955126 => ("2 / sqrt(pi)", @"\tfrac{2}{\sqrt{\pi}}"),
                -1.1283791670955126 => ("-2 / sqrt(pi)", @"-\tfrac{2}{\sqrt{\pi}}"),
                _ => (value.ToString("G12", CultureInfo.InvariantCulture), value.ToString("G6", CultureInfo.InvariantCulture)),
            };
            return new(text, latex, text.Contains('/') ? Product : value < 0 ? Sum : Atom);
        }

        /// <summary>The text for a place that binds with some strength, in brackets where it would fall apart.</summary>
        public string At(int strength) => Strength < strength ? $"({Text})" : Text;

        public string LatexAt(int strength) => Strength < strength ? $@"\left({Latex}\right)" : Latex;
    }

    private sealed class Writer : OperatorObserver
    {
        private readonly Dictionary<Node, Formula> _formulas = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<Tensor, Formula?> _constants = new(ReferenceEqualityComparer.Instance);

        public void Name(Node node, Formula formula) => _formulas[node] = formula;

        /// <summary>How a tensor is written; null where it cannot be.</summary>
        public Formula? Of(Tensor tensor) => tensor.Node is { } node
            ? _formulas.GetValueOrDefault(node)
            : _constants.TryGetValue(tensor, out var formula) ? formula
            : tensor.Count == 1 && tensor.DType != DType.Bool ? Formula.Number(tensor.To(DType.Float64).Item()) : null;

        protected override void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            var isOfNumbers = true;
            var parts = new Formula?[inputs.Length];
            for (var index = 0; index < parts.Length; index++)
            {
                parts[index] = Of(inputs[index]);
                isOfNumbers &= inputs[index].Node is null && !_constants.ContainsKey(inputs[index]) && parts[index] is not null;
            }

            // A number made of numbers is written as the number that it is.
            if (isOfNumbers) return;
            var formula = outputs.Length == 1 && !parts.Contains(null) ? Write(op, parts!) : null;
            if (outputs[0].Node is not { } node) _constants.TryAdd(outputs[0], formula);
            else if (formula is not null) _formulas.TryAdd(node, formula);
        }

        private static Formula? Write(Op op, Formula[] parts)
        {
            if (op.Role == OpRole.Moving) return parts[0];
            if (op == Ops.Add) return Infix("+", "+", Formula.Sum);
            if (op == Ops.Subtract) return Infix("-", "-", Formula.Sum);
            if (op == Ops.Negate) return Negated(parts[0]);
            if (op == Ops.Square) return Raised(parts[0], Formula.Number(2));
            if (op == Ops.Pow) return Raised(parts[0], parts[1]);
            if (op == Ops.Multiply || op == Slopes.Multiply)
            {
                var product = Infix("*", "", Formula.Product);
                return product with
                {
                    Factor = parts[0].IsGradient ? parts[1]
                        : parts[1].IsGradient ? parts[0]
                        : parts[0].Factor is not { } factor ? null
                        : factor.Text == "-1" ? Negated(parts[1])
                        : Write(Ops.Multiply, [factor, parts[1]]),
                };
            }

            if (op == Ops.Divide || op == Slopes.Divide)
            {
                Formula Over(Formula above) => new(
                    $"{above.At(Formula.Product)} / {parts[1].At(Formula.Power)}", $@"\frac{{{above.Latex}}}{{{parts[1].Latex}}}", Formula.Product);
                var quotient = Over(parts[0]);
                return parts[0].IsGradient ? quotient with { Factor = Over(Formula.Number(1)) }
                    : parts[0].Factor is { } factor ? quotient with { Factor = Over(factor) } : quotient;
            }

            if (SignOf(op) is { } sign) return Infix(sign.Text, sign.Latex, Formula.Comparison);
            if (op == Ops.LogicalAnd) return new(
                $"{parts[0].At(Formula.Sum)} & {parts[1].At(Formula.Sum)}", $@"{parts[0].LatexAt(Formula.Sum)} \land {parts[1].LatexAt(Formula.Sum)}",
                Formula.Comparison);
            // Rows that only rules have are written out by what they are made of.
            if (op == Slopes.OneMinusSquare) return Write(Ops.Subtract, [Formula.Number(1), Raised(parts[0], Formula.Number(2))]);
            if (op == Slopes.Bell) return Write(Ops.Multiply, [Call("sigmoid", parts), Call("sigmoid", [Negated(parts[0])])]);
            if (op == Slopes.HypotSlope) return Write(Ops.Divide, [parts[0], Call("hypot", parts)]);
            // Arguments are not seen here.
            return op is Op<None> { Kind: OpKind.Elementwise } ? Call(op.Name.ToLowerInvariant(), parts) : null;

            Formula Infix(string text, string latex, int strength) => new(
                $"{parts[0].At(strength)} {text} {parts[1].At(strength + 1)}",
                $"{parts[0].LatexAt(strength)} {latex} {parts[1].LatexAt(strength + 1)}", strength);
        }

        private static Formula Negated(Formula x) => new($"-{x.At(Formula.Product)}", $"-{x.LatexAt(Formula.Product)}", Formula.Sum)
        {
            Factor = x.IsGradient ? Formula.Number(-1) : x.Factor is { } factor ? Negated(factor) : null,
        };

        private static Formula Call(string name, Formula[] parts) => new(
            $"{name}({string.Join(", ", parts.Select(static part => part.Text))})",
            $@"\operatorname{{{name}}}({string.Join(", ", parts.Select(static part => part.Latex))})", Formula.Atom);

        private static Formula Raised(Formula x, Formula exponent) =>
            new($"{x.At(Formula.Atom)}**{exponent.At(Formula.Atom)}", $"{x.LatexAt(Formula.Atom)}^{{{exponent.Latex}}}", Formula.Power);

        private static (string Text, string Latex)? SignOf(Op op) => op == Ops.Less ? ("<", "<") : op == Ops.Greater ? (">", ">")
            : op == Ops.LessOrEqual ? ("<=", @"\le") : op == Ops.GreaterOrEqual ? (">=", @"\ge") : op == Ops.Equal ? ("==", "=")
            : op == Ops.NotEqual ? ("!=", @"\ne") : null;
    }
}

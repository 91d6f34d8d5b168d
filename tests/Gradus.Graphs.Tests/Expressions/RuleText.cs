using System.Globalization;
using System.Text.RegularExpressions;

namespace Gradus.Graphs.Tests;

/// <summary>Evaluates a rule as it is printed, a line of NumPy: what it says, and nothing that its writer knows besides.</summary>
internal sealed partial class RuleText
{
    private readonly IReadOnlyDictionary<string, Tensor> _names;
    private readonly string[] _tokens;
    private int _at;

    private RuleText(string text, IReadOnlyDictionary<string, Tensor> names)
    {
        _names = names;
        _tokens = [.. Tokens.Matches(text).Select(static match => match.Value), ""];
        if (string.Concat(_tokens) != text.Replace(" ", "")) throw new FormatException($"'{text}' has signs that belong to no formula.");
    }

    /// <summary>The value of a rule.</summary>
    /// <param name="text">The rule.</param>
    /// <param name="names">What its names stand for.</param>
    public static Tensor Evaluate(string text, IReadOnlyDictionary<string, Tensor> names)
    {
        using var mode = new NoGrad();
        var rule = new RuleText(text, names);
        var value = rule.Choice();
        return rule.Now == "" ? value : throw new FormatException($"'{text}': nothing is expected at '{rule.Now}'.");
    }

    private string Now => _tokens[_at];

    private bool Take(string token)
    {
        if (Now != token) return false;
        _at++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token)) throw new FormatException($"{string.Join(' ', _tokens)}: got '{Now}', expected '{token}'.");
    }

    private Tensor Choice()
    {
        var value = Comparison();
        if (!Take("if")) return value;
        var condition = Comparison();
        Expect("else");
        var otherwise = Choice();
        return condition.Item() != 0 ? value : otherwise;
    }

    private Tensor Comparison()
    {
        var left = Sum();
        return Take(">") ? Number(left > Sum()) : Take("<") ? Number(left < Sum()) : Take("==") ? Number(left.Equal(Sum()))
            : Take(">=") ? Number(left >= Sum()) : Take("<=") ? Number(left <= Sum()) : Take("&") ? left * Sum() : left;
    }

    private Tensor Sum()
    {
        var left = Product();
        while (Now is "+" or "-") left = Take("+") ? left + Product() : left - After("-", Product);
        return left;
    }

    private Tensor Product()
    {
        var left = Unary();
        while (Now is "*" or "/" or "//" or "@")
        {
            left = Take("*") ? left * Unary() : Take("/") ? left / Unary() : Take("//") ? (left / Unary()).Floor() : left.MatMul(After("@", Unary));
        }

        return left;
    }

    private Tensor Unary() => Take("-") ? -Unary() : Power();

    private Tensor Power()
    {
        var left = Indexed();
        return Take("**") ? left.Pow(Unary()) : left;
    }

    private Tensor Indexed()
    {
        var value = Atom();
        if (!Take("[")) return value;
        for (var axis = 0; ; axis++)
        {
            if (Take(":"))
            {
                Expect(",");
                continue;
            }

            var start = Whole()[0];
            value = Take(":") ? value.Slice(axis, start, Whole()[0] - start) : value.Select(axis, start);
            Expect("]");
            return value;
        }
    }

    private Tensor Atom()
    {
        if (Take("("))
        {
            var inside = Choice();
            Expect(")");
            return inside;
        }

        var token = Next();
        if (char.IsAsciiDigit(token[0])) return Tensor.Scalar(double.Parse(token, CultureInfo.InvariantCulture));
        if (Take("(")) return Call(token);
        return token == "pi" ? Tensor.Scalar(Math.PI)
            : _names.TryGetValue(token, out var value) ? value
            : throw new FormatException($"{string.Join(' ', _tokens)}: there is no '{token}'.");
    }

    private Tensor Call(string function)
    {
        if (function == "prod") return ProductOfOthers(_names[Next()]);
        var x = Choice();
        var tensors = new List<Tensor>();
        int[]? axes = null;
        var keeps = false;
        while (Take(","))
        {
            if (Take("axis")) (_, axes) = (Take("="), Whole());
            else if (Take("keepdims")) (_, keeps) = (Take("="), Next() == "True");
            else if (function is "where" or "outer" or "hypot" || (function == "conv2d" && tensors.Count == 0)) tensors.Add(Choice());
            else axes = [.. axes ?? [], .. Whole()];
        }

        Expect(")");
        return function switch
        {
            "exp" => x.Exp(),
            "log" => x.Log(),
            "sqrt" => x.Sqrt(),
            "sin" => x.Sin(),
            "cos" => x.Cos(),
            "sinh" => x.Sinh(),
            "cosh" => x.Cosh(),
            "sign" => x.Sign(),
            "sigmoid" => 1 / (1 + (-x).Exp()),
            "tanh" => x.Tanh(),
            "abs" => x.Abs(),
            "rsqrt" => 1 / x.Sqrt(),
            "reciprocal" => 1 / x,
            "round" => x.Round(),
            "hypot" => (x.Square() + tensors[0].Square()).Sqrt(),
            "erf" => x.Erf(),
            "softmax" => x.Exp() is var e ? e / (axes is null ? e.Sum() : e.Sum(axes, keepDim: true)) : x,
            "sum" => axes is null ? x.Sum() : x.Sum(axes, keeps),
            "mean" => axes is null ? x.Mean() : x.Mean(axes, keeps),
            "var" => axes is null ? (x - x.Mean()).Square().Mean() : (x - x.Mean(axes, true)).Square().Mean(axes, keeps),
            "ones_like" => Tensor.Ones(x.Shape, DType.Float64),
            "expand_dims" => axes!.Aggregate(x, static (result, axis) => result.Unsqueeze(axis)),
            "outer" => x.Unsqueeze(1) * tensors[0].Unsqueeze(0),
            "transpose" => axes is null ? x.Permute(1, 0) : x.Permute(axes),
            "swapaxes" => x.Transpose(axes![0], axes[1]),
            "reshape" => x.Reshape(axes!),
            "flip" => x.Flip(axes ?? [.. Enumerable.Range(0, x.Rank)]),
            "pad" => x.Pad([.. axes!.Chunk(2).Select(static pair => (pair[0], pair[1]))]),
            "where" => Tensor.Where(x.Equal(0), tensors[1], tensors[0]),
            "conv2d" when x.Rank == 2 => x.Unsqueeze(0).Unsqueeze(0).Conv2d(tensors[0].Unsqueeze(0).Unsqueeze(0))[0, 0],
            "conv2d" => x.Conv2d(tensors[0]),
            "one_hot" => x.To(DType.Int64).OneHot(axes?[0] ?? 2, DType.Float64),
            _ => throw new FormatException($"there is no function '{function}'."),
        };
    }

    /// <summary><c>prod(x[j] for j != i)</c>: at each place the product of the vector's other elements.</summary>
    private Tensor ProductOfOthers(Tensor x)
    {
        while (!Take(")")) _at++;
        var values = x.ToArray<double>();
        return Tensor.From([.. values.Select((_, i) => values.Where((_, j) => j != i).Aggregate(1.0, static (product, value) => product * value))], x.Shape);
    }

    /// <summary>Whole numbers, in brackets of any depth if there are several.</summary>
    private int[] Whole()
    {
        if (Take("-")) return [-int.Parse(Next(), CultureInfo.InvariantCulture)];
        if (!Take("(")) return [int.Parse(Next(), CultureInfo.InvariantCulture)];
        var numbers = new List<int>();
        while (!Take(")"))
        {
            numbers.AddRange(Whole());
            Take(",");
        }

        return [.. numbers];
    }

    private Tensor After(string sign, Func<Tensor> read)
    {
        Expect(sign);
        return read();
    }

    private string Next() => _tokens[_at++];

    private static Tensor Number(Tensor mask) => mask.To(DType.Float64);

    [GeneratedRegex(@"[A-Za-z_][A-Za-z_0-9]*|\d+(\.\d+)?([eE][+-]?\d+)?|\*\*|//|==|!=|>=|<=|[-+*/@&()\[\],<>=:]")]
    private static partial Regex Tokens { get; }
}

namespace Gradus.Graphs.Tests;

/// <summary>Derivatives that nobody has written down are printed from the rule itself.</summary>
public class PrintedRuleTests
{
    internal static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Functions = new()
    {
        ["exp2"] = static (x, _) => x.Exp2(),
        ["rsqrt"] = static (x, _) => x.Rsqrt(),
        ["reciprocal"] = static (x, _) => x.Reciprocal(),
        ["erfc"] = static (x, _) => x.Erfc(),
        ["asinh"] = static (x, _) => x.Asinh(),
        ["atanh"] = static (x, _) => x.Atanh(),
        ["hypot"] = static (x, y) => x.Hypot(y),
        ["atan2"] = static (x, y) => x.Atan2(y),
        ["logaddexp"] = static (x, y) => x.LogAddExp(y),
        ["xlogy"] = static (x, y) => x.XLogY(y),
        ["elu"] = static (x, _) => x.Elu(),
        ["leakyRelu"] = static (x, _) => x.LeakyRelu(0.1),
        ["logSigmoid"] = static (x, _) => x.LogSigmoid(),
        ["softsign"] = static (x, _) => x.Softsign(),
        ["tanhshrink"] = static (x, _) => x.Tanhshrink(),
        ["mish"] = static (x, _) => x.Mish(),
        ["hardswish"] = static (x, _) => x.Hardswish(),
        ["clamp"] = static (x, _) => x.Clamp(-1.0, 0.2),
        ["ceil"] = static (x, _) => x.Ceil(),
        ["fmod"] = static (x, y) => x.Fmod(y),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_printed_derivative_is_the_one_that_is_computed(string name)
    {
        foreach (var (a, b) in new[] { (0.3, 0.7), (-0.4, 1.3), (0.8, -0.2) })
        {
            // given
            var inputs = new[] { Tensor.Scalar(a).Named("x").RequireGrad(), Tensor.Scalar(b).Named("y").RequireGrad() };
            var output = Functions[name](inputs[0], inputs[1]).Named("out");
            var node = output.Graph().Nodes[^1];
            var gradients = Autograd.Grad([output], inputs);
            var names = new Dictionary<string, Tensor>
            {
                ["x"] = inputs[0].Detach(),
                ["y"] = inputs[1].Detach(),
                ["out"] = output.Detach(),
                ["g"] = Tensor.Scalar(1.0),
            };

            // then
            for (var input = 0; input < node.Inputs.Length; input++)
            {
                var rule = node.Local[input].Rule;
                if (rule.Contains('\'') || rule.Contains('∂')) continue;
                var (printed, computed) = (RuleText.Evaluate(rule, names).Item(), gradients[input]!.Item());
                var isEqual = Math.Abs(printed - computed) <= 1e-9 * (1 + Math.Abs(computed)) || printed.Equals(computed);
                Assert.True(isEqual, $"{rule} gives {printed}, the engine {computed}");
            }
        }
    }

    [Theory]
    [InlineData("asinh", "g * (1 / hypot(1, x))")]
    [InlineData("hypot", "g * (x / hypot(x, y))")]
    [InlineData("logSigmoid", "g * sigmoid(-x)")]
    [InlineData("tanhshrink", "g * tanh(x)**2")]
    [InlineData("leakyRelu", "g * where(x > 0, 1, 0.1)")]
    [InlineData("clamp", "g * ((x >= -1) & (x <= 0.2))")]
    [InlineData("exp2", "g * (out * log(2))")]
    [InlineData("mish", "g * mish'(x)")]
    public void It_is_written_as_one_would_write_it_and_left_out_where_it_is_long(string name, string rule)
    {
        // given
        var (x, y) = (Tensor.Scalar(0.3).Named("x").RequireGrad(), Tensor.Scalar(0.7).Named("y").RequireGrad());

        // then
        Assert.Equal(rule, Functions[name](x, y).Named("out").Graph().Nodes[^1].Local[0].Rule);
    }
}

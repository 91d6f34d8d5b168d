using System.Text;
using Gradus.Testing;

namespace Gradus.Graphs.Tests;

public sealed class ExpressionFuzzTests
{
    [Fact]
    public void Damaged_expressions_are_refused_with_the_place_or_evaluated()
    {
        // given
        string[] good =
        [
            "y = (a*b + c)*2 ** -x", "h = relu(W @ x); loss = mean(h)", "z = max(x, [1, 2]) / sum(exp(x), 0)", "[[1, 2], [3, 4]] @ [1, -1]",
            "y = where(x[0] > 0, W.T[:, 1], x²) # chosen", "z = crossentropy(W, [0, 1]) + norm(reshape(concat(W, W, 1), 2, -1)) · var(layernorm(W))",
        ];
        string[] words =
        [
            "(", ")", "[", "]", ",", ";", "=", "@", "**", "//", "%", "-", "1e308", "1e-999", "0", "sum(", "softmax(", "max(", "transpose(",
            ".T", "[0]", "[:", ":", "#", "²", "⁻", "·", "−", "<", "==", "!", "reshape(", "99999999999", "concat(", "where(", "crossentropy(", "σ(", "pi",
            "\n", "x", "W", "é", "\u202E", "\0", "[[]]", "1_000", ".5.", "(((((((((",
        ];
        var values = new Dictionary<string, Tensor>
        {
            ["a"] = Tensor.Scalar(2.0),
            ["b"] = Tensor.Scalar(-1.0),
            ["c"] = Tensor.Scalar(0.0),
            ["x"] = Tensor.Of(1.0, -1),
            ["W"] = Tensor.Of([[1.0, 2], [3, 4]]),
        };

        // when
        var (refused, read) = Fuzz.Run(
            [.. good.Select(Encoding.UTF8.GetBytes)], [.. words.Select(Encoding.UTF8.GetBytes)], 4000,
            bytes => Evaluates(Encoding.UTF8.GetString(bytes), values));

        // then
        Assert.True(refused > 1000 && read > 100, $"{refused} refused, {read} read");
    }

    private static bool Evaluates(string text, Dictionary<string, Tensor> values)
    {
        try
        {
            var expression = Expression.Parse(text);
            var graph = expression.Evaluate(values.Where(pair => expression.Variables.Contains(pair.Key)).ToDictionary());
            _ = SvgWriter.Write(graph).Length + JsonWriter.Write(graph).Length;
            return true;
        }
        catch (GradusException)
        {
            return false;
        }
    }
}

using System.Globalization;

namespace Gradus.Graphs;

internal sealed partial class Parser
{
    private int Call(Token name)
    {
        if (name.Text == Derivative.Name) return Grad(name);
        var candidates = Operations.Find(name.Text);
        if (candidates.Count == 0)
        {
            var hint = name.Text is "ln" ? "The natural logarithm is written log." : $"There are: {Operations.Names}.";
            throw new ExpressionException($"there is no function {name}. {hint}", text, name.Position);
        }

        Next();
        var inputs = new List<int>();
        int? axis = null;
        while (!Is(")"))
        {
            if (candidates[0] == Operations.Reshape && inputs.Count == 1)
            {
                candidates = [Operations.ReshapeTo(Sizes())];
                break;
            }

            if (candidates[0].TakesAxis && inputs.Count > 0 && (candidates[0].Arity == inputs.Count || IsAxisLast()))
            {
                axis = Axis();
                break;
            }

            inputs.Add(Value());
            if (!Is(")") && !Take(",")) throw Wrong("expected ',' or ')'");
        }

        if (candidates[0] == Operations.Reshape && inputs.Count == 1) throw Wrong("expected ',' and the sizes");
        Expect(")");
        if (candidates.FirstOrDefault(candidate => candidate.Arity is null || candidate.Arity == inputs.Count) is { } operation && inputs.Count > 0)
        {
            return Emit(operation, [.. inputs], axis, name.Position);
        }

        // max(a, b, c) is max(max(a, b), c).
        if (inputs.Count > 2 && name.Text is "max" or "min")
        {
            var larger = candidates.First(static candidate => candidate.Arity == 2);
            return inputs.Aggregate((left, right) => Emit(larger, [left, right], null, name.Position));
        }

        // layernorm(x, w, b) is layernorm(x) * w + b.
        if (inputs.Count == 3 && candidates[0] == Operations.LayerNorm)
        {
            var scaled = Emit(Operations.Multiply, [Emit(candidates[0], [inputs[0]], null, name.Position), inputs[1]], null, name.Position);
            return Emit(Operations.Add, [scaled, inputs[2]], null, name.Position);
        }

        var expected = candidates[0] == Operations.LayerNorm ? "1 or 3"
            : candidates[0].Arity is null ? "1 or more"
            : string.Join(" or ", candidates.Select(static candidate => candidate.Arity).Distinct().Order());
        throw new ExpressionException($"{PlainText.Quote(name.Text)}: got {inputs.Count} values, expected {expected}.", text, name.Position);
    }

    /// <summary><c>grad(f, x)</c>: x is a name, of which f is made.</summary>
    private int Grad(Token name)
    {
        Next();
        var value = Value();
        Expect(",");
        var variable = Current;
        if (variable.Kind != TokenKind.Name) throw Wrong("expected the name of a variable");
        _at++;
        Expect(")");
        if (!_names.TryGetValue(variable.Text, out var by) || Derivative.Of(_steps, value, by) is not { } derivative)
        {
            throw new ExpressionException($"grad: the value does not depend on {variable}.", text, variable.Position);
        }

        if (derivative.Order > Derivative.HighestOrder)
        {
            throw new ExpressionException(
                $"grad: a derivative of a derivative, {derivative.Order} deep; each takes a few times as long, expected at most {Derivative.HighestOrder}.",
                text, name.Position);
        }

        return Emit(derivative.ToOperation(variable.Text), derivative.Inputs, null, name.Position);
    }

    private bool IsAxisNamed => Current is { Kind: TokenKind.Name, Text: "axis" } && _tokens[_at + 1] is { Kind: TokenKind.Sign, Text: "=" };

    /// <summary>Whether an axis ends a call of any number of inputs: a single whole number can be none of these.</summary>
    private bool IsAxisLast()
    {
        var number = _at + (Is("-") ? 1 : 0);
        return IsAxisNamed || (_tokens[number].Kind == TokenKind.Number && _tokens[number + 1] is { Kind: TokenKind.Sign, Text: ")" });
    }

    /// <summary>An axis, which is part of the operation and not a value.</summary>
    private int Axis()
    {
        if (IsAxisNamed) _at += 2;
        var axis = Whole("an axis, a whole number");
        Take(",");
        return axis;
    }

    /// <summary>The sizes of a shape: <c>2, 3</c> or <c>(2, 3)</c>, one of them −1 perhaps.</summary>
    private int[] Sizes()
    {
        var end = Take("(") ? ")" : Take("[") ? "]" : null;
        var sizes = new List<int>();
        do sizes.Add(Whole("a size, a whole number"));
        while (Take(",") && !Is(end ?? ")"));
        if (end is not null) Expect(end);
        return [.. sizes];
    }

    private int Whole(string what)
    {
        var isNegative = Take("-");
        if (Current.Kind != TokenKind.Number || !int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw Wrong($"expected {what}");
        }

        _at++;
        return isNegative ? -number : number;
    }
}

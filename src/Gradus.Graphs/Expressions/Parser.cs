namespace Gradus.Graphs;

/// <summary>Reads an expression by recursive descent, with Python's precedence, into steps that each use earlier ones.</summary>
/// <remarks>
/// <code>
/// program   = statement { (";" | newline) statement }
/// statement = [ NAME "=" ] value
/// value     = sum [ ("&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "!=") sum ]
/// sum       = product { ("+" | "-") product }
/// product   = unary { ("*" | "/" | "//" | "%" | "@") unary }
/// unary     = ("+" | "-") unary | power
/// power     = part [ "**" unary ]
/// part      = atom { "[" place { "," place } "]" | "." "T" | SUPERSCRIPT }
/// place     = WHOLE | [ WHOLE ] ":" [ WHOLE ]
/// atom      = NUMBER | NAME | NAME "(" arguments ")" | "(" value ")" | "[" value { "," value } "]"
/// </code>
/// </remarks>
internal sealed partial class Parser(string text)
{
    // Beyond this the descent might run out of stack.
    private const int DeepestNesting = 250;

    private readonly List<Token> _tokens = Tokenizer.Cut(text);
    private readonly List<Step> _steps = [];
    private readonly Dictionary<string, int> _names = [];
    private readonly HashSet<string> _assigned = [];
    private readonly List<int> _results = [];
    private int _at;
    private int _depth;

    private Token Current => _tokens[_at];

    /// <summary>Reads everything.</summary>
    /// <returns>The steps, and of each statement the step that is its result.</returns>
    /// <exception cref="ExpressionException">The text is no expression.</exception>
    public (Step[] Steps, int[] Results) Read()
    {
        while (true)
        {
            while (Take(";") || Take("\n"))
            {
            }

            if (Current.Kind == TokenKind.End) break;
            ReadStatement();
            if (Current.Kind != TokenKind.End && !Is(";") && !Is("\n")) throw Wrong("expected an operator");
        }

        return _results.Count == 0 ? throw Wrong("expected an expression") : ([.. _steps], [.. _results.Distinct()]);
    }

    private void ReadStatement()
    {
        var name = Current;
        var isAssignment = name.Kind == TokenKind.Name && _tokens[_at + 1] is { Kind: TokenKind.Sign, Text: "=" };
        if (isAssignment) _at += 2;
        var result = Value();
        if (isAssignment)
        {
            if (!_assigned.Add(name.Text)) throw new ExpressionException($"{name} is assigned twice; give the second value another name.", text, name.Position);
            if (_names.ContainsKey(name.Text))
            {
                throw new ExpressionException($"{name} is used as a variable before it is assigned; give the result another name.", text, name.Position);
            }

            _names.Add(name.Text, result);
            var step = _steps[result];
            if (step.Operation is not null && step.Name is null) _steps[result] = step with { Name = name.Text };
            else if (step.IsConstant) _steps[result] = step with { Name = name.Text, IsAssigned = true };
        }

        _results.Add(result);
    }

    private int Value()
    {
        var left = Sum();
        if (OfComparison() is not { } operation) return left;
        left = Infix(left, operation, Sum);
        return OfComparison() is null ? left : throw Wrong("two comparisons are written (a < b) * (b < c): expected the end of the first");
    }

    private Operation? OfComparison() => Current.Kind == TokenKind.Sign ? Operations.Comparison(Current.Text) : null;

    private int Sum()
    {
        var left = Product();
        while (Is("+") || Is("-")) left = Infix(left, Is("+") ? Operations.Add : Operations.Subtract, Product);
        return left;
    }

    private int Product()
    {
        var left = Unary();
        while (OfProduct() is { } operation) left = Infix(left, operation, Unary);
        return left;
    }

    private Operation? OfProduct() => Current is not { Kind: TokenKind.Sign, Text: var sign } ? null : sign switch
    {
        "*" => Operations.Multiply,
        "/" => Operations.Divide,
        "//" => Operations.FloorDivide,
        "%" => Operations.Remainder,
        "@" => Operations.MatMul,
        _ => null,
    };

    private int Infix(int left, Operation operation, Func<int> right)
    {
        var position = Next().Position;
        return Emit(operation, [left, right()], null, position);
    }

    private int Unary() => Nested(() =>
    {
        if (Take("+")) return Unary();
        if (!Is("-")) return PowerOf();
        var position = Next().Position;
        var first = _steps.Count;
        var operand = Unary();
        // A minus before a number is part of it.
        if (operand < first || operand != _steps.Count - 1 || _steps[operand] is not { Constant: { } constant } step)
        {
            return Emit(Operations.Negate, [operand], null, position);
        }

        _steps[operand] = step with { Constant = -constant, Name = step.Name![0] == '-' ? step.Name[1..] : "-" + step.Name, Position = position };
        return operand;
    });

    private int PowerOf()
    {
        var left = Part();
        return Is("**") ? WithExponent(Infix(left, Operations.Power, Unary)) : left;
    }

    /// <summary>A power by a number has a derivative with that number.</summary>
    private int WithExponent(int power)
    {
        if (_steps[_steps[power].Inputs[1]] is { IsConstant: true, Constant: { Rank: 0 } exponent })
        {
            _steps[power] = _steps[power] with { Operation = Operations.PowerBy(exponent.Item()) };
        }

        return power;
    }

    private int Atom()
    {
        var token = Current;
        if (token.Kind == TokenKind.Number)
        {
            _at++;
            return Constant(Tensor.Scalar(token.Number), token.Text, token.Position);
        }

        if (token.Kind == TokenKind.Name)
        {
            _at++;
            return Is("(") ? Call(token) : Variable(token);
        }

        if (Is("[")) return List();
        if (!Take("(")) throw Wrong("expected a value");
        var inside = Value();
        Expect(")");
        return inside;
    }

    private int Variable(Token token)
    {
        if (_names.TryGetValue(token.Text, out var known)) return known;
        if (token.Text is "pi" or "π") return Constant(Tensor.Scalar(Math.PI), "pi", token.Position);
        _steps.Add(new Step { Name = token.Text, Position = token.Position });
        _names.Add(token.Text, _steps.Count - 1);
        return _steps.Count - 1;
    }

    /// <summary>A list of numbers is one constant; a list with variables in it joins them.</summary>
    private int List() => Nested(() =>
    {
        var (begin, first) = (Next(), _steps.Count);
        var items = new List<int>();
        do
        {
            while (Take("\n"))
            {
            }

            if (Is("]") && items.Count > 0) break;
            items.Add(Value());
        }
        while (Take(","));

        Expect("]");
        var isConstant = items.Count == _steps.Count - first && items.All(item => item >= first && _steps[item].Constant is not null);
        if (!isConstant) return Emit(Operations.Stack, [.. items], null, begin.Position);
        try
        {
            var joined = Tensor.Stack([.. items.Select(item => _steps[item].Constant!)]);
            var name = $"[{string.Join(", ", items.Select(item => _steps[item].Name))}]";
            _steps.RemoveRange(first, _steps.Count - first);
            return Constant(joined, name, begin.Position);
        }
        catch (GradusException)
        {
            throw new ExpressionException("the rows of a matrix must have the same number of elements.", text, begin.Position);
        }
    });

    private int Constant(Tensor value, string name, int position)
    {
        _steps.Add(new Step { Name = name, Constant = value, Position = position });
        return _steps.Count - 1;
    }

    private int Emit(Operation operation, int[] inputs, int? axis, int position)
    {
        _steps.Add(new Step { Operation = operation, Inputs = inputs, Axis = axis, Position = position });
        return _steps.Count - 1;
    }

    private int Nested(Func<int> read)
    {
        if (++_depth > DeepestNesting) throw Wrong($"nested deeper than {DeepestNesting} levels at");
        var result = read();
        _depth--;
        return result;
    }

    private bool Is(string sign) => Current.Kind == TokenKind.Sign && Current.Text == sign;

    private bool Take(string sign)
    {
        if (!Is(sign)) return false;
        _at++;
        return true;
    }

    private Token Next() => _tokens[_at++];

    private void Expect(string sign)
    {
        if (!Take(sign)) throw Wrong($"expected '{sign}'");
    }

    private ExpressionException Wrong(string expected) => new($"{expected}, got {Current}.", text, Current.Position);
}

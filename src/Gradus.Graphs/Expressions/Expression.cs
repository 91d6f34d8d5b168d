namespace Gradus.Graphs;

/// <summary>An arithmetic expression as text: <c>price = (apple * apple_num + orange * orange_num) * tax</c>.</summary>
/// <remarks>
/// Python's precedence: <c>**</c> binds tighter than a minus before it and to the right. Several assignments are separated by semicolons or new lines. A
/// vector or matrix is written <c>[[1, 2], [3, 4]]</c>, a matrix product <c>@</c> or <c>matmul(a, b)</c>, elements <c>x[0]</c> and <c>x[:, 1:3]</c>, a
/// derivative <c>grad(f, x)</c>. Signs are read as textbooks print them, too: <c>σ(2·x²) − pi</c>. <c>#</c> begins a comment. A name is one value however
/// often it is used; a number with a name, <c>x = 3</c>, is a variable with that value.
/// </remarks>
public sealed class Expression
{
    private readonly string _text;

    private Expression(string text, Step[] steps, int[] results)
    {
        _text = text;
        Steps = steps;
        Results = results;
        Variables = [.. steps.Where(static step => step is { Operation: null, Constant: null }).Select(static step => step.Name!)];
    }

    /// <summary>The names that need a value, in the order of their first use.</summary>
    public IReadOnlyList<string> Variables { get; }

    internal Step[] Steps { get; }

    /// <summary>Of each statement the step that is its result.</summary>
    internal int[] Results { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">The text is none; it says where.</exception>
    public static Expression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (steps, results) = new Parser(text).Read();
        var names = new NodeNames(steps.Where(static step => !step.IsConstant).Select(static step => step.Name).OfType<string>());
        for (var index = 0; index < steps.Length; index++)
        {
            if (steps[index] is { Name: null } step)
            {
                steps[index] = step with { Name = results.Contains(index) ? names.Of("out") : names.Intermediate(), IsNamed = false };
            }
        }

        return new Expression(text, steps, results);
    }

    /// <summary>Computes the values in float64 and, by back-propagation from the heads, the gradients.</summary>
    /// <param name="values">A value for each variable.</param>
    /// <param name="heads">Names to start from, each with the gradient to start with, a number or of the value's shape. Left out: every assigned value that
    /// nothing else uses, with 1 for each of its elements.</param>
    /// <exception cref="ExpressionException">A variable has no value, shapes do not fit, or few numbers would become more than 2²⁶; it says where.</exception>
    /// <exception cref="GradusException">A value or a head is given that the expression does not have, or something is divided by zero.</exception>
    public GraphModel Evaluate(IReadOnlyDictionary<string, Tensor> values, IReadOnlyDictionary<string, Tensor>? heads = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Evaluator(this, values).Run(heads ?? new Dictionary<string, Tensor>());
    }

    /// <summary>
    /// Reads <c>NAME=VALUE,NAME=VALUE</c>, a value being a number, a list in brackets, or arithmetic on these; a comma inside brackets belongs to the value.
    /// </summary>
    /// <exception cref="ExpressionException">The text is none; it says where.</exception>
    public static IReadOnlyDictionary<string, Tensor> ParseValues(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new Dictionary<string, Tensor>();
        foreach (var (from, to) in Parts(text))
        {
            var equals = text.IndexOf('=', from, to - from);
            var name = equals < 0 ? "" : text[from..equals].Trim();
            if (!Tokenizer.IsName(name)) throw new ExpressionException($"got '{PlainText.Quote(text[from..to])}', expected NAME=VALUE.", text, from);
            if (!values.TryAdd(name, ValueOf(text, equals + 1, to))) throw new ExpressionException($"'{PlainText.Quote(name)}' is given twice.", text, from);
        }

        return values;
    }

    /// <summary>The text it was read from.</summary>
    public override string ToString() => _text;

    internal ExpressionException Wrong(Step step, string message) => new(message, _text, step.Position);

    internal ExpressionException NoValue(Step step, IEnumerable<string> given)
    {
        var known = PlainText.QuoteAll(given, 100);
        var there = known.Length > 0 ? $"There are: {known}." : "None is given.";
        return new($"there is no value for '{PlainText.Quote(step.Name!)}'. {there}", _text, step.Position);
    }

    private static Tensor ValueOf(string text, int from, int to)
    {
        try
        {
            var value = Parse(text[from..to]);
            if (value.Variables.Count > 0)
            {
                throw new ExpressionException($"'{PlainText.Quote(value.Variables[0])}' is not a number.", text[from..to], value.Steps[0].Position);
            }

            var model = value.Evaluate(new Dictionary<string, Tensor>());
            return model.Nodes[model.Outputs[^1]].Value!;
        }
        catch (ExpressionException exception)
        {
            throw new ExpressionException(exception.Message, text, from + exception.Position);
        }
    }

    private static IEnumerable<(int From, int To)> Parts(string text)
    {
        var (from, depth) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] is '[' or '(' ? 1 : text[at] is ']' or ')' ? -1 : 0;
            if (text[at] != ',' || depth > 0) continue;
            yield return (from, at);
            from = at + 1;
        }

        yield return (from, text.Length);
    }
}

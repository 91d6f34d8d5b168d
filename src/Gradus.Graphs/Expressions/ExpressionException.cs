namespace Gradus.Graphs;

/// <summary>An expression that cannot be read, and where.</summary>
/// <param name="message">What came, what was expected.</param>
/// <param name="expression">The whole text.</param>
/// <param name="position">Where in it, from 0.</param>
public sealed class ExpressionException(string message, string expression, int position) : GradusException(message)
{
    // What of a long expression is shown on each side of the place.
    private const int Window = 60;

    /// <summary>The place in the expression, from 0.</summary>
    public int Position => position;

    /// <summary>The expression, and under it a caret at the place: two lines.</summary>
    public string Excerpt
    {
        get
        {
            var from = Math.Max(0, position - Window);
            var to = Math.Min(expression.Length, position + Window);
            var (before, after) = (from > 0 ? "…" : "", to < expression.Length ? "…" : "");
            var shown = PlainText.Of(expression[from..to]);
            return $"--> {before}{shown}{after}\n{new string(' ', 4 + before.Length + position - from)}^";
        }
    }
}

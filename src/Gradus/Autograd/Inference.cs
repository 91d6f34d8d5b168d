namespace Gradus;

/// <summary>
/// A stretch of code in which nothing is recorded and nothing can be: a promise that no gradient is wanted, kept by an error where code inside asks for one.
/// </summary>
/// <remarks>Flows through <c>await</c>. Costs what <see cref="NoGrad"/> does. <code>using (new Inference()) { var logits = model.Forward(x); }</code></remarks>
public sealed class Inference : IDisposable
{
    private readonly GradMode.Stretch _before = GradMode.Begin(GradMode.Recording.Never);
    private bool _ended;

    /// <summary>Ends the stretch and restores what was before.</summary>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        _before.End();
    }
}

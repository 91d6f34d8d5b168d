namespace Gradus;

/// <summary>A stretch of code whose operations are recorded, though it lies inside a <see cref="NoGrad"/>.</summary>
/// <remarks>Flows through <c>await</c>. <code>using (new NoGrad()) using (new EnableGrad()) { var loss = model.Forward(x).Mean(); }</code></remarks>
public sealed class EnableGrad : IDisposable
{
    private readonly GradMode.Stretch _before;
    private bool _ended;

    /// <summary>Begins to record.</summary>
    /// <exception cref="GradusException">It lies inside an <see cref="Inference"/> stretch, in which nothing is recorded.</exception>
    public EnableGrad()
    {
        if (GradMode.IsInference)
        {
            throw new GradusException(
                "enableGrad: inside an Inference stretch nothing is recorded. Use NoGrad for a stretch in which some code needs gradients.");
        }

        _before = GradMode.Begin(GradMode.Recording.On);
    }

    /// <summary>Ends the stretch and restores what was before.</summary>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        _before.End();
    }
}

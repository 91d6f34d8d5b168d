namespace Gradus.Nn;

/// <summary>A parameter that is computed from others, which are trained and saved in its place.</summary>
internal abstract class Parametrization(string name, Parameter target)
{
    /// <summary>The parameter's name in its module.</summary>
    public string Name => name;

    /// <summary>The parameter that is computed.</summary>
    public Parameter Target => target;

    /// <summary>What is trained instead, by name.</summary>
    public abstract IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    /// <summary>What is saved beside.</summary>
    public virtual IReadOnlyList<(string Name, Buffer Buffer)> Buffers => [];

    /// <summary>The values, differentiable.</summary>
    public abstract Tensor Compute();

    /// <summary>Whether something is kept up to date in training alone.</summary>
    public virtual bool DiffersInTraining => false;

    /// <summary>Brings what is kept up to date, before each call in training.</summary>
    public virtual void Refresh()
    {
    }
}

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Lstm"/>.</summary>
public sealed record LstmOptions : RecurrentOptions
{
    /// <summary>
    /// The size, below the state's, that h is projected to by a matrix <c>weight_hr_l0</c>: h ← W_hr·(σ(o)·tanh(c)). Default: null, none. Sak et al., 2014.
    /// </summary>
    public int? Projection { get; init; }
}

namespace Gradus.Nn;

/// <summary>A parameter of the network that is examined.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Norm">‖w‖.</param>
/// <param name="Gradient">‖∂L/∂w‖; null where the loss does not depend on it.</param>
/// <param name="Update">‖Δw‖ of the optimizer's next step; null where it makes none.</param>
internal sealed record ParameterFlow(string Name, Parameter Parameter, double Norm, double? Gradient, double? Update)
{
    /// <summary>Weights rather than a bias or the scale of a norm.</summary>
    public bool IsWeight => Parameter.Value.Rank > 1;

    public override string ToString() => Name;
}

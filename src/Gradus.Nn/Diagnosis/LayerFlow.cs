namespace Gradus.Nn;

/// <summary>What went through one layer, forward and backward. Norms are the root of the sum of squares; null stands for what there was not.</summary>
public sealed record LayerFlow
{
    /// <summary>The layer's path; empty for the network itself.</summary>
    public required string Path { get; init; }

    /// <summary>The layer's type: <c>Linear</c>.</summary>
    public required string Type { get; init; }

    /// <summary>How often it was called.</summary>
    public int Calls { get; init; }

    /// <summary>The root mean square of what it gave, so that batches of all sizes compare.</summary>
    public double? Activation { get; init; }

    /// <summary>‖∂L/∂y‖, y being what the layer gave for the whole batch. Weights drawn as He et al. drew them keep it the same from layer to layer.</summary>
    public double? Gradient { get; init; }

    /// <summary><see cref="Gradient"/> divided by that of the next layer with parameters; null for the last.</summary>
    public double? GradientRatio { get; init; }

    /// <summary>‖w‖ of the layer's own parameters; null where it has none.</summary>
    public double? Weight { get; init; }

    /// <summary>‖∂L/∂w‖ of the layer's own parameters.</summary>
    public double? WeightGradient { get; init; }

    /// <summary>‖Δw‖ of the optimizer's next step; null without an optimizer.</summary>
    public double? Update { get; init; }

    /// <summary>‖Δw‖/‖w‖. About a thousandth is usual.</summary>
    public double? UpdateRatio => Weight > 0 ? Update / Weight : null;

    /// <summary>The activation functions that were evaluated in the layer itself.</summary>
    public IReadOnlyList<ActivationFlow> Activations { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(LayerFlow), PrintMembers);

    /// <summary>The layer as findings call it.</summary>
    internal string Place => Finding.PlaceOf(Path, Type);
}

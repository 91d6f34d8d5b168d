namespace Gradus.Nn;

/// <summary>What an activation function did inside a layer, over all its evaluations: as a layer of its own, or called on a tensor.</summary>
/// <param name="Operator">The operator: <c>relu</c>, <c>tanh</c>.</param>
/// <param name="Evaluations">How often it was evaluated: once for each step of time in a plain recurrent layer.</param>
/// <param name="Units">The features, or the channels of a picture.</param>
/// <param name="ZeroShare">The share of zeros among the values, 0 to 1.</param>
/// <param name="DeadUnits">The units that gave 0 for every sample and place; null where the function does not rectify.</param>
/// <param name="SaturatedShare">
/// The share of values where the function's slope is below a twentieth of its steepest, or of rows of a softmax whose largest value is above 0.99; null
/// where it does not saturate.
/// </param>
/// <param name="FirstGradient">‖∂L/∂y‖ at the first evaluation that a gradient reached; null where none did.</param>
/// <param name="LastGradient">‖∂L/∂y‖ at the last of them.</param>
public sealed record ActivationFlow(string Operator, int Evaluations, int Units, double ZeroShare,
    int? DeadUnits, double? SaturatedShare, double? FirstGradient, double? LastGradient)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ActivationFlow), PrintMembers);
}

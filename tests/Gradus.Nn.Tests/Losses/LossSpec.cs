namespace Gradus.Nn.Tests;

/// <summary>A loss with its formula in plain arithmetic.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Loss">The loss of the inputs that gradients are wanted of.</param>
/// <param name="Inputs">Those inputs.</param>
/// <param name="Each">What the formula gives for each element or sample.</param>
internal sealed record LossSpec(string Method, Func<Tensor[], Reduction, Tensor> Loss, Tensor[] Inputs, double[] Each)
{
    /// <summary>What the mean is, where it is not the plain one.</summary>
    public double? Mean { get; init; }

    /// <summary>Whether the loss is one number, whatever the reduction.</summary>
    public bool IsOne { get; init; }

    public static IReadOnlyDictionary<string, LossSpec> All { get; } =
        LossSpecs.Regression().Concat(LossSpecs.Binary())
            .Concat(LossSpecs.Classes()).Concat(LossSpecs.Margins()).ToDictionary(static entry => entry.Name, static entry => entry.Spec);
}

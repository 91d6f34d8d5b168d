namespace Gradus.Nn;

/// <summary>Attributions: which numbers of an input mattered for an output of a trained network.</summary>
/// <remarks>
/// <para>The network takes inputs x, [samples, …], to outputs [samples, outputs]. For each sample one output f(x) is asked about, as the network gives it
/// (of a classifier usually a logit): the target, or, where none is given, the greatest. A positive number stands where the input raises f, a negative one
/// where it lowers it.</para>
/// <para>The network is evaluated as in use, without dropout and with fixed statistics,
/// on this thread alone; its modes and the gradients of its parameters are left alone. What is
/// said of a sample does not depend on the others of its batch.</para>
/// <code>
/// var heat = Attributions.IntegratedGradients(network, digit, target: [7]);
/// Console.WriteLine($"{heat.Values} explains {heat.Score - heat.BaselineScore} but for {heat.Gap}");
/// </code>
/// </remarks>
public static partial class Attributions
{
    /// <summary>A baseline in the shape and type of the input.</summary>
    private static Tensor BaselineOf(string operation, Tensor input, Tensor? baseline)
    {
        if (baseline is null) return Tensor.Zeros(input.Shape, input.DType);
        var fits = baseline.Rank <= input.Rank;
        for (var axis = 1; fits && axis <= baseline.Rank; axis++) fits = baseline.Shape[-axis] == 1 || baseline.Shape[-axis] == input.Shape[-axis];
        return fits
            ? baseline.Detach().To(input.DType).Expand(input.Shape)
            : throw new GradusException(
                $"{operation}: the baseline is {baseline.Describe()}, the input {input.Describe()}; expected a baseline that broadcasts to the input.");
    }
}

namespace Gradus.Nn;

/// <summary>The optimizer's next step, made and taken back.</summary>
internal static class NextStep
{
    /// <summary>‖Δw‖ of each parameter that would move with these gradients. Parameters, gradients and optimizer are left as they were.</summary>
    public static Dictionary<Tensor, double> Measure(Optimizer? optimizer, IReadOnlyDictionary<Tensor, Tensor?> gradients)
    {
        var updates = new Dictionary<Tensor, double>(ReferenceEqualityComparer.Instance);
        // L-BFGS evaluates the loss itself, several times, and no step is made with a parameter that has come to be computed from others.
        if (optimizer is null or Lbfgs || optimizer.Parameters.Any(static parameter => parameter.IsComputed)) return updates;
        using var mode = GradMode.Disable();
        var state = optimizer.State().ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());
        Tensor[] values = [.. optimizer.Parameters.Where(static parameter => parameter.HasValue).Select(static parameter => parameter.Leaf)];
        var before = Array.ConvertAll(values, static value => value.Detach().Clone());
        var kept = Array.ConvertAll(values, value => value.Node!.Kept.Exchange((gradients.GetValueOrDefault(value), true)));
        try
        {
            optimizer.Step();
            for (var index = 0; index < values.Length; index++)
            {
                var update = Nn.Measure.Norm(values[index].Detach() - before[index]);
                if (gradients.GetValueOrDefault(values[index]) is not null) updates[values[index]] = update;
            }
        }
        finally
        {
            for (var index = 0; index < values.Length; index++)
            {
                values[index].Detach().CopyFrom(before[index]);
                values[index].Node!.Kept.Exchange(kept[index]);
            }

            optimizer.LoadState(state);
        }

        return updates;
    }
}

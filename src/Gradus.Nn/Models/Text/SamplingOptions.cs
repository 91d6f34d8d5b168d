namespace Gradus.Nn;

/// <summary>How the next token is chosen among those that a language model holds for possible.</summary>
public sealed record SamplingOptions
{
    /// <summary>
    /// What the logits are divided by: below 1 the likely becomes likelier, above 1 rarer tokens come more often; 0 takes the likeliest every time. Default 1.
    /// </summary>
    public double Temperature { get; init; } = 1;

    /// <summary>How many of the likeliest tokens are chosen from; null, the default, for all.</summary>
    public int? TopK { get; init; }

    /// <summary>
    /// The probability that the tokens chosen from hold together: of the likeliest as few as reach it (nucleus sampling); null, the default, for all.
    /// After <see cref="TopK"/>.
    /// </summary>
    /// <remarks>Holtzman et al., "The Curious Case of Neural Text Degeneration", 2020.</remarks>
    public double? TopP { get; init; }

    /// <summary>Equal seeds choose alike. Default 0.</summary>
    public long Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SamplingOptions), PrintMembers);

    /// <exception cref="GradusException">A value is out of range.</exception>
    internal void Validate()
    {
        if (!(Temperature >= 0 && double.IsFinite(Temperature)))
        {
            throw new GradusException(FormattableString.Invariant($"sampling: the temperature is {Temperature}, expected a finite number from 0 on."));
        }

        if (TopK < 1) throw new GradusException(FormattableString.Invariant($"sampling: top-k is {TopK}, expected at least 1."));
        if (TopP is { } part && !(part > 0 && part <= 1))
        {
            throw new GradusException(FormattableString.Invariant($"sampling: top-p is {part}, expected a number above 0, at most 1."));
        }
    }

    /// <summary>A token by its logits [vocabulary].</summary>
    internal int Choose(Tensor logits, Generator generator)
    {
        using var noGrad = new NoGrad();
        if (!double.IsFinite(logits.AMax().Item()) || double.IsNaN(logits.Sum().Item()))
        {
            throw new GradusException(
                "sampling: the network gives logits that are NaN or infinite, so no token is likelier than another. " +
                "Its weights, or its inputs, are not finite.");
        }

        if (Temperature == 0) return logits.ArgMax().Item<int>();
        var (scores, tokens) = logits.To(DType.Float64).TopK(Math.Min(TopK ?? int.MaxValue, logits.Shape[0]));
        // From the greatest down: a small temperature then makes −∞ of the others instead of ∞ of it.
        var weights = ((scores - scores[0]) / Temperature).Exp();
        if (TopP < 1)
        {
            // Those before which the part has not been reached yet: the likeliest always.
            var before = weights.CumSum(0) - weights;
            weights = Tensor.Where(before < weights.Sum() * TopP.Value, weights, 0);
        }

        return tokens[weights.Multinomial(1, replacement: true, generator).Item<int>()].Item<int>();
    }
}

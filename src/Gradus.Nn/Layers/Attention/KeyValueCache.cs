namespace Gradus.Nn;

/// <summary>
/// The keys and values of the steps that a sequence has made so far, so that the next step computes only its own. For use, not for training: no gradient
/// goes through it.
/// </summary>
public sealed class KeyValueCache
{
    private Tensor? _keys;
    private Tensor? _values;

    /// <summary>The steps held.</summary>
    public int Length { get; private set; }

    /// <summary>Forgets all steps; the memory is kept for the next sequence.</summary>
    public void Clear() => Length = 0;

    /// <summary>
    /// Which steps may be looked at by some that are about to be appended: each sees itself and those before. Null where that is all of them.
    /// </summary>
    internal Tensor? CausalMask(int steps) => steps == 1 ? null : Tensor.Arange(Length + steps) <= Tensor.Arange(Length, Length + steps).Unsqueeze(1);

    /// <summary>Appends steps, [batch, heads, time, width] each, and returns all that there are.</summary>
    internal (Tensor Keys, Tensor Values) Append(Tensor keys, Tensor values)
    {
        using var noGrad = new NoGrad();
        var added = keys.Shape[2];
        return (All(ref _keys, keys.Detach()), Values());

        Tensor Values()
        {
            var all = All(ref _values, values.Detach());
            Length += added;
            return all;
        }
    }

    private Tensor All(ref Tensor? held, Tensor added)
    {
        var length = Length + added.Shape[2];
        if (held is null || held.Shape[2] < length || held.Shape[0] != added.Shape[0])
        {
            if (Length > 0 && held!.Shape[0] != added.Shape[0])
            {
                throw new GradusException($"cache: expected a batch of {held.Shape[0]}, got {added.Shape[0]}. Clear() it before another batch.");
            }

            using var scope = TensorScope.Suspend();
            // Twice what is needed, so that a long sequence is copied a few times and not at every step.
            var larger = Tensor.Zeros([added.Shape[0], added.Shape[1], 2 * length, added.Shape[3]], added.DType);
            if (Length > 0) larger.Slice(2, 0, Length).CopyFrom(held!.Slice(2, 0, Length));
            held = larger;
        }

        held.Slice(2, Length, added.Shape[2]).CopyFrom(added);
        return held.Slice(2, 0, length);
    }
}

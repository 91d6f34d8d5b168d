namespace Gradus.Nn;

/// <summary>
/// Reads a sequence of tokens piece by piece, and tells after each what may come next. For use, not for training: no gradient goes through it.
/// </summary>
public abstract class TokenReader
{
    /// <summary>Reads on.</summary>
    /// <param name="tokens">The next tokens, i32 or i64 [batch, time], at least one.</param>
    /// <returns>Logits of the token after them, [batch, vocabulary].</returns>
    /// <exception cref="GradusException">The shape or the type is another, or there is no token of a number.</exception>
    public Tensor Next(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Rank != 2 || tokens.Shape[1] == 0) throw new GradusException($"read: expected tokens [batch, time], at least one, got {tokens.Describe()}.");
        using var noGrad = new NoGrad();
        return Advance(tokens);
    }

    /// <summary>Reads tokens [batch, time] that go on from those before.</summary>
    protected abstract Tensor Advance(Tensor tokens);
}

namespace Gradus.Nn;

/// <summary>Sentences as a <see cref="Bert"/> reads them. Tokens alone stand for sentences of one length and one segment.</summary>
/// <param name="Tokens">Numbers of tokens, i32 or i64 [batch, time].</param>
/// <param name="Mask">[batch, time]: true, or 1, for a token; false, or 0, behind the end of a shorter sentence. Null: all are tokens.</param>
/// <param name="Segments">To which part of its sequence each token belongs, from 0: i32 or i64 [batch, time]. Null: all to the first.</param>
public readonly record struct BertInput(Tensor Tokens, Tensor? Mask = null, Tensor? Segments = null)
{
    /// <summary>Sentences of one length.</summary>
    public static implicit operator BertInput(Tensor tokens) => new(tokens);
}

namespace Gradus.Nn;

/// <summary>
/// A network that tells at each place of a sequence of tokens which one may come next: numbers of tokens [batch, time] → logits [batch, time, vocabulary].
/// </summary>
/// <remarks>
/// What <see cref="Read"/> gives reads a text a few tokens at a time, without computing the earlier ones again; <see cref="Generation"/> writes with it.
/// </remarks>
public interface ILanguageModel
{
    /// <summary>How many different tokens there are.</summary>
    int Vocabulary { get; }

    /// <summary>A reader at the beginning of a sequence, or of a batch of them. In training, dropout drops here too: call Eval first.</summary>
    TokenReader Read();
}

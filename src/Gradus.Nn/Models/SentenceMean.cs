namespace Gradus.Nn;

/// <summary>What all words of a sentence say together.</summary>
internal static class SentenceMean
{
    /// <summary>The mean over the words that are there: [batch, length, width] → [batch, width].</summary>
    /// <param name="rows">The rows of words.</param>
    /// <param name="lengths">How many words each sentence has, at least 1: [batch], i64.</param>
    public static Tensor Of(Tensor rows, Tensor lengths) =>
        (rows * IsWord(rows, lengths).Unsqueeze(2).To(rows.DType)).Sum(1) / lengths.Unsqueeze(1).To(rows.DType);

    /// <summary>Which places hold a word: [batch, length].</summary>
    /// <param name="rows">The rows of words.</param>
    /// <param name="lengths">How many words each sentence has.</param>
    public static Tensor IsWord(Tensor rows, Tensor lengths) => Tensor.Arange(rows.Shape[1]) < lengths.Unsqueeze(1);
}

namespace Gradus.Nn;

/// <summary>What all words of a sentence say together.</summary>
internal static class SentenceMean
{
    /// <summary>The mean over the words that are there: [batch, length, width] → [batch, width].</summary>
    /// <param name="rows">The rows of words.</param>
    /// <param name="lengths">How many words each sentence has, at least 1.</param>
    public static Tensor Of(Tensor rows, int[] lengths)
    {
        var (batch, length) = (rows.Shape[0], rows.Shape[1]);
        var isWord = new float[batch * length];
        for (var sentence = 0; sentence < batch; sentence++) isWord.AsSpan(sentence * length, lengths[sentence]).Fill(1);
        var counts = Tensor.From(lengths, [batch, 1]).To(rows.DType);
        return (rows * Tensor.From(isWord, [batch, length, 1]).To(rows.DType)).Sum(1) / counts;
    }
}

namespace Gradus.Nn;

/// <summary>The mean of the words' rows of numbers, and a perceptron that says what the sentence is: tokens [batch, length] → [batch, outputs].</summary>
/// <remarks>
/// The order of the words says nothing to it. It is fast, and often hard to beat. The rows begin small, normal(0, 0.1), so that what is learnt of a word soon
/// outweighs what was drawn. Joulin et al., "Bag of tricks for efficient text classification", 2016; Iyyer et al., "Deep unordered composition rivals syntactic
/// methods for text classification", 2015.
/// </remarks>
public sealed class BagOfWords : SentenceClassifier
{
    /// <summary>A network for sentences.</summary>
    /// <param name="tokens">How many different tokens there are, with 0 for no word.</param>
    /// <param name="width">Numbers in the row of a word.</param>
    /// <param name="hidden">The sizes of the perceptron's hidden layers; none gives a linear model.</param>
    /// <param name="outputs">Classes, or targets.</param>
    /// <param name="dropout">The probability of dropping a number of a word's row, and of their mean. Default: 0.</param>
    /// <exception cref="GradusException">A size is not positive, or the probability is outside [0, 1).</exception>
    public BagOfWords(int tokens, int width, ReadOnlySpan<int> hidden, int outputs, double dropout = 0)
        : base(tokens, width, dropout, Init.Normal(0, 0.1)) => Out = Mlp.Create(width, hidden, outputs);

    /// <summary>From the mean of the rows to what is said.</summary>
    public Sequential Out { get; set => field = Register(value); }

    private protected override Tensor Tell(Tensor rows, Tensor lengths) => Out.Forward(Drop.Forward(SentenceMean.Of(Drop.Forward(rows), lengths)));
}

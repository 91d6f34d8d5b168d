using Gradus.Nn;

namespace Gradus.Training;

/// <summary><c>mlp:512,256</c>: a multilayer perceptron with hidden layers of these widths and ReLU. <c>mlp</c> alone is a linear model.</summary>
/// <remarks>Of sentences it takes the mean of the words' rows of numbers, which are as wide as the first hidden layer.</remarks>
internal sealed class MlpSpec(int[] hidden) : ModelSpec(Family, hidden)
{
    public static readonly ModelFamily Family = new("mlp", "mlp:512,256", 1000, static sizes => new MlpSpec(sizes));

    // Of a word, where no hidden layer says it.
    private const int RowWidth = 64;

    private protected override bool TakesDropout => true;

    private protected override string Takes => "tables, sequences, pictures or sentences";

    private protected override bool Fits(ModelData data) => data.Form != DataForm.Text;

    private protected override Module<Tensor, Tensor> Create(ModelData data)
    {
        if (data.Form == DataForm.Sentence)
        {
            return new BagOfWords(data.TokenCount, hidden is [var width, ..] ? width : RowWidth, hidden, data.Outputs, DropoutFor(data));
        }

        // Between words and outputs there is the words' mean; between other inputs and outputs nothing.
        if (hidden.Length == 0 && Dropout > 0) throw NoPlaceForDropout();
        return Nn.Mlp.Create(data.Inputs, hidden, data.Outputs, DropoutFor(data));
    }
}

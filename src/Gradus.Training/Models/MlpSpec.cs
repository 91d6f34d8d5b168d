using Gradus.Nn;

namespace Gradus.Training;

/// <summary><c>mlp:512,256</c>: a multilayer perceptron with hidden layers of these widths and ReLU. <c>mlp</c> alone is a linear model.</summary>
internal sealed class MlpSpec(int[] hidden) : ModelSpec(Family, hidden)
{
    public static readonly ModelFamily Family = new("mlp", "mlp:512,256", 1000, static sizes => new MlpSpec(sizes));

    private protected override bool TakesDropout => hidden.Length > 0;

    private protected override string Takes => "tables, sequences or pictures";

    private protected override bool Fits(ModelData data) => data.Form != DataForm.Text;

    private protected override Module<Tensor, Tensor> Create(ModelData data) => Nn.Mlp.Create(data.Inputs, hidden, data.Outputs, Dropout);
}

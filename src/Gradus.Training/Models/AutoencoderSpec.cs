using Gradus.Nn;

namespace Gradus.Training;

/// <summary><c>autoencoder:128,32</c>: linear layers of these widths down to the code, and back up again. The target is the input.</summary>
internal sealed class AutoencoderSpec(int[] sizes) : ModelSpec(Family, sizes)
{
    public static readonly ModelFamily Family = new(
        "autoencoder", "autoencoder:128,32", 1000, static sizes => new AutoencoderSpec(sizes is [] ? [128, 32] : sizes));

    public override bool Reconstructs => true;

    private protected override string Takes => "tables, sequences or pictures";

    public override TrainingOptions DefaultOptions(int samples, int? batchSize = null) => base.DefaultOptions(samples, batchSize) with { LearningRate = 2e-3 };

    private protected override bool Fits(ModelData data) => data.Form is not (DataForm.Text or DataForm.Sentence);

    // Pixels reach it as they are, in 0 … 1; other data are standardized, and have no bounds.
    private protected override Module<Tensor, Tensor> Create(ModelData data) => new Autoencoder(data.Inputs, sizes, bounded: data.Form == DataForm.Picture);
}

using Gradus.Nn;

namespace Gradus.Training;

/// <summary><c>cnn</c>: two blocks of convolution and pooling, and two linear layers.</summary>
internal sealed class CnnSpec() : ModelSpec(Family)
{
    public static readonly ModelFamily Family = new("cnn", "cnn", 0, static _ => new CnnSpec());

    private protected override bool TakesDropout => true;

    private protected override string Takes => "pictures of at least 4 × 4";

    public override TrainingOptions DefaultOptions(int samples, int? batchSize = null) => base.DefaultOptions(samples, batchSize) with { LearningRate = 2e-3 };

    private protected override bool Fits(ModelData data) => data is { Form: DataForm.Picture, InputShape: [_, >= 4, >= 4] };

    private protected override Module<Tensor, Tensor> Create(ModelData data) =>
        new Cnn(data.InputShape[0], data.InputShape[1], data.InputShape[2], data.Outputs, DropoutFor(data));
}

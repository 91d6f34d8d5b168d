using Gradus.Nn;

namespace Gradus.Training;

/// <summary><c>lenet</c>: LeNet-5 of LeCun et al., 1998.</summary>
internal sealed class LeNetSpec() : ModelSpec(Family)
{
    public static readonly ModelFamily Family = new("lenet", "lenet", 0, static _ => new LeNetSpec());

    private protected override string Takes => "pictures of at least 12 × 12";

    public override TrainingOptions DefaultOptions(int samples, int? batchSize = null) => base.DefaultOptions(samples, batchSize) with { LearningRate = 2e-3 };

    private protected override bool Fits(ModelData data) => data is { Form: DataForm.Picture, InputShape: [_, >= 12, >= 12] };

    private protected override Module<Tensor, Tensor> Create(ModelData data) =>
        new LeNet(data.InputShape[0], data.InputShape[1], data.InputShape[2], data.Outputs);
}

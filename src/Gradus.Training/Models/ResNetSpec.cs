using Gradus.Nn;

namespace Gradus.Training;

/// <summary><c>resnet20</c> for small pictures, <c>resnet18</c> for large ones.</summary>
internal sealed class ResNetSpec : ModelSpec
{
    public static readonly ModelFamily ResNet18 = new(
        "resnet18", "resnet18", 0, static _ => new ResNetSpec(ResNet18!, static data => new ResNet18(data.InputShape[0], data.Outputs)));

    public static readonly ModelFamily ResNet20 = new(
        "resnet20", "resnet20", 0, static _ => new ResNetSpec(ResNet20!, static data => new ResNet20(data.InputShape[0], data.Outputs)));

    private readonly Func<ModelData, ResNet> _create;

    private ResNetSpec(ModelFamily family, Func<ModelData, ResNet> create) : base(family) => _create = create;

    private protected override string Takes => "pictures";

    // What the paper trains with, but for the schedule and a decay that suits short runs.
    public override TrainingOptions DefaultOptions(int samples, int? batchSize = null) => base.DefaultOptions(
        samples, batchSize ?? (samples < 2000 ? 16 : 128)) with
    {
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 0.1,
        WeightDecay = 5e-4,
        Schedule = ScheduleKind.OneCycle,
    };

    private protected override bool Fits(ModelData data) => data.Form == DataForm.Picture;

    private protected override Module<Tensor, Tensor> Create(ModelData data) => _create(data);
}

using Gradus.Nn;

namespace Gradus.Training;

/// <summary><c>table:16,128,2</c>: an ensemble for rows of a table, of 16 members with 2 hidden layers of width 128. The sizes may be left out.</summary>
internal sealed class TableSpec(int members, int width, int layers) : ModelSpec(Family, members, width, layers)
{
    public static readonly ModelFamily Family = new("table", "table:16,128,2", 3, static sizes => new TableSpec(
        ModelFamily.AtMost(256, sizes.ElementAtOrDefault(0) is > 0 and var members ? members : 16, "members"),
        sizes.ElementAtOrDefault(1) is > 0 and var width ? width : 128,
        ModelFamily.AtMost(64, sizes.ElementAtOrDefault(2) is > 0 and var layers ? layers : 2, "layers")));

    private const int MostSteps = 2400;

    private protected override bool TakesDropout => true;

    private protected override double UsualDropout(ModelData data) => TableDropout;

    private protected override string Takes => "rows of a table";

    private protected override bool Fits(ModelData data) => data.Form == DataForm.Table;

    private protected override Module<Tensor, Tensor> Create(ModelData data) => new TableNetwork(data.Inputs, data.Outputs, new TableNetworkOptions
    {
        Members = members,
        Width = width,
        Layers = layers,
        Dropout = DropoutFor(data),
        Categories = data.Categories,
        AreClasses = data.AreClasses,
    });

    /// <summary>
    /// Few rows are soon learnt by heart: the best epoch is that of the lowest loss, and the run ends when none has been better for a while. The weights are
    /// running means, which suit rows that were not seen better than those of any one step.
    /// </summary>
    public override TrainingOptions DefaultOptions(int samples, int? batchSize = null)
    {
        var size = batchSize ?? samples switch { < 1000 => 32, < 5000 => 64, _ => 256 };
        var stepsPerEpoch = Math.Max(1L, ((long)samples + size - 1) / size);
        return new TrainingOptions
        {
            BatchSize = size,
            Epochs = (int)Math.Clamp(MostSteps / stepsPerEpoch, 5, 60),
            LearningRate = size < 256 ? 1e-3 : 2e-3,
            WeightDecay = 0.03,
            Beta2 = 0.99,
            AverageDecay = 0.99,
            BestByLoss = true,
            Patience = 16,
        };
    }
}

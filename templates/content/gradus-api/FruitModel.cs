using Gradus.Training;

namespace GradusApi;

/// <summary>The training of the model, which a real service would leave to another program.</summary>
internal static class FruitModel
{
    public static void Train(string table, string file)
    {
        var source = DataSource.Parse($"csv:{table}", directory: null);
        var options = new DataOptions { Target = "kind" };
        var (model, data) = TrainedModel.Prepare(ModelSpec.Parse("mlp:16"), source, options, LoadedData.Load(source, options));
        model.Network.Initialize(seed: 1);
        new Trainer(model.Network, data, new() { Epochs = 60, LearningRate = 0.01 }).Fit();
        model.Calibrate(data.Validation).Save(file);
    }
}

using Gradus.Training;

// A table: its last column, or the one named here, is what is learned. The kinds of the others are decided from their content.
var source = DataSource.Parse($"csv:{Path.Combine(AppContext.BaseDirectory, "fruit.csv")}", directory: null);
var options = new DataOptions { Target = "kind" };
var (model, data) = TrainedModel.Prepare(ModelSpec.Parse("mlp:16"), source, options, LoadedData.Load(source, options));
model.Network.Initialize(seed: 1);

foreach (var happened in new Trainer(model.Network, data, new() { Epochs = 60, LearningRate = 0.01 }).Run())
{
    if (happened is TrainingDone { Test: { } test }) Console.WriteLine($"{test.Accuracy:P0} of the fruit in the test set are told right");
}

// How sure the model may be is learnt from rows that it was not trained on.
model.Calibrate(data.Validation).Save("fruit.safetensors");

// From here on it could be another program: the file holds the network and how a row of the table becomes its input.
var predictor = Predictor.Load("fruit.safetensors");
var row = new Dictionary<string, object?> { ["weight"] = 65, ["length"] = 4.5, ["width"] = 4.4, ["color"] = "blue" };
var prediction = predictor.Predict(row);
foreach (var kind in predictor.ClassNames!) Console.WriteLine($"{kind}: {prediction.ProbabilityOf(kind):P1}");

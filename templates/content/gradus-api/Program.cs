using Gradus;
using Gradus.Training;
using GradusApi;

// The model is trained once, and read from its file ever after. `gradus train csv:fruit.csv --target kind` writes such a file too.
var file = Path.Combine(AppContext.BaseDirectory, "fruit.safetensors");
if (!File.Exists(file)) FruitModel.Train(Path.Combine(AppContext.BaseDirectory, "fruit.csv"), file);
var model = TrainedModel.Load(file);
var table = model.Record.ReadTable()!;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

// curl -d '{"weight": 65, "length": 4.5, "width": 4.4, "color": "blue"}' -H 'Content-Type: application/json' localhost:5000/predict
app.MapPost("/predict", (Fruit fruit) =>
{
    using var noGrad = new NoGrad();
    float[] inputs = table.InputsOf(new Dictionary<string, object?>
    {
        ["weight"] = fruit.Weight, ["length"] = fruit.Length, ["width"] = fruit.Width, ["color"] = fruit.Color,
    });
    float[] probabilities = model.ToPredictions(model.Network.Forward(Tensor.From(inputs, [1, inputs.Length])));
    return model.Record.ClassNames!.Zip(probabilities).ToDictionary(pair => pair.First, pair => pair.Second);
});

app.Run();

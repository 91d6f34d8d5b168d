using Gradus.Data;
using Gradus.Training;
using GradusApi;

// The model is trained once, and read from its file ever after. `gradus train csv:fruit.csv --target kind` writes such a file too.
var file = Path.Combine(AppContext.BaseDirectory, "fruit.safetensors");
if (!File.Exists(file)) FruitModel.Train(Path.Combine(AppContext.BaseDirectory, "fruit.csv"), file);
var predictor = Predictor.Load(file).For(new TableColumns<Fruit>().Column("weight", fruit => fruit.Weight).Column("length", fruit => fruit.Length)
    .Column("width", fruit => fruit.Width).Column("color", fruit => fruit.Color));

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

// curl -d '{"weight": 65, "length": 4.5, "width": 4.4, "color": "blue"}' -H 'Content-Type: application/json' localhost:5000/predict
app.MapPost("/predict", (Fruit fruit) =>
{
    var prediction = predictor.Predict(fruit);
    return new { Kind = prediction.ClassName, prediction.Probability, prediction.Notes };
});

app.Run();

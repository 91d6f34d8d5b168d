namespace Gradus.Repo.Tests;

/// <summary>
/// Layers, losses and optimizers that tests/compare-torch does not try, each with its reason. Their specs hold them against plain references all the same.
/// </summary>
internal static class NotComparedNetwork
{
    private const string NotThere = "PyTorch has none";
    private const string Newer = "newer than PyTorch 1.13";
    private const string Model = "a whole model, made of layers that are compared";

    // Of these hugging_face.py writes what torch gives, and the tests of Gradus.Formats compare it.
    private const string Folder = "a whole model, compared as a folder of Hugging Face";

    public static readonly IReadOnlyDictionary<string, string> Why = new Dictionary<string, string>
    {
        ["GroupedQueryAttention"] = NotThere,
        ["Perceptron"] = NotThere,
        ["RmsNorm"] = Newer,
        ["RotaryPositions"] = NotThere,
        ["SinusoidalPositions"] = NotThere,
        ["SwiGlu"] = NotThere,
        ["Dice"] = NotThere,
        ["Focal"] = NotThere,
        ["HalfSumOfSquares"] = NotThere,
        ["LogCosh"] = NotThere,
        ["RegularizedLogistic"] = NotThere,
        ["Autoencoder"] = Model,
        ["Cnn"] = Model,
        ["Gpt"] = Model,
        ["BagOfWords"] = Model,
        ["MemberLinear"] = Model,
        ["PiecewiseLinear"] = Model,
        ["TableNetwork"] = Model,
        ["Bert"] = Folder,
        ["GruClassifier"] = Model,
        ["GruLanguageModel"] = Model,
        ["GruSentenceClassifier"] = Model,
        ["LeNet"] = Model,
        ["LstmClassifier"] = Model,
        ["LstmLanguageModel"] = Model,
        ["LstmSentenceClassifier"] = Model,
        ["ResNet18"] = Model,
        ["ResNet20"] = Model,
        ["ResidualBlock"] = Model,
        ["ResidualNetwork"] = Folder,
        ["TransformerClassifier"] = Model,
        ["TransformerSentenceClassifier"] = Model,
        ["Vae"] = Model,
        ["VisionTransformer"] = Folder,
        ["Adafactor"] = Newer,
        ["Lamb"] = NotThere,
        ["Lion"] = NotThere,
        ["Muon"] = Newer,
    };
}

using System.Globalization;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.CSharp.Tests;

/// <summary>Networks of numbers and pictures: the same bits as Gradus gives. All models are compiled together, as in one project.</summary>
public class NetworkBitsTests(NetworkBitsTests.Networks networks) : IClassFixture<NetworkBitsTests.Networks>
{
    private static readonly (string Word, int[] Shape, int Outputs, int Samples)[] Cases =
    [
        ("mlp:40,24", [9], 3, 1000),
        ("mlp:700,33", [1000], 70, 20),
        ("mlp:16", [5, 7], 1, 1000),
        ("mlp", [2, 6, 5], 4, 100),
        ("cnn", [1, 8, 8], 10, 1000),
        ("cnn", [3, 9, 11], 3, 20),
        ("lenet", [1, 14, 14], 10, 1000),
        ("resnet20", [3, 12, 12], 10, 20),
        ("lstm:20", [6, 5], 3, 1000),
        ("lstm:32,2", [7, 4], 3, 100),
        ("gru:20,2", [6, 5], 3, 1000),
        ("lstm:16", [3, 8, 6], 4, 50),
        ("gru:330", [3, 350], 4, 10),
        ("autoencoder:12,5", [1, 4, 4], 16, 100),
    ];

    private static readonly (TableNetworkOptions Options, int Inputs, int Outputs, int Samples)[] Ensembles =
    [
        (new() { Members = 4, Width = 64, AreClasses = true }, 11, 3, 1000),
        (new() { Members = 2, Width = 32 }, 3, 1, 1000),
        (new() { Members = 5, Width = 20, Layers = 3, Bins = 9, VectorWidth = 12 }, 7, 4, 1000),
        (new() { Members = 70, Width = 17, Layers = 1, Bins = 3, VectorWidth = 40, Categories = [6, 0, 2, 3], AreClasses = true }, 7, 37, 100),
        (new() { Members = 3, Width = 330, Layers = 1, Bins = 400, VectorWidth = 3, Categories = [1], AreClasses = true }, 2, 2, 100),
        (new() { Members = 130, Width = 8, Categories = [0, 1] }, 2, 1, 1000),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Length + Ensembles.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void A_network_gives_the_same_bits(int number)
    {
        // given
        var samples = number < Cases.Length ? Cases[number].Samples : Ensembles[number - Cases.Length].Samples;
        var (model, predict) = networks.All[number];

        // then
        Check(model, predict, new Random(number), samples);
    }

    [Theory, InlineData("resnet18", 5), InlineData("table", 1000)]
    public void A_network_whose_weights_stand_beside_its_code_gives_the_same_bits(string word, int samples)
    {
        // given
        var model = word == "table" ? Make.Ensemble(new() { AreClasses = true }, 11, 3) : Make.Model(word, [3, 32, 32], 4);
        using var folder = new TemporaryFolder();
        var export = model.SaveCSharp(folder["large.cs"], new() { Weights = CSharpWeights.Beside });
        var code = new ExportedModel("Large", File.ReadAllText(export.Path), "Func<float[], float[]>", "numbers => model.Predict(numbers).Probabilities")
        {
            Make = $"new Models.Large(@\"{export.WeightsPath}\")",
        };
        var predict = (Func<float[], float[]>)ExportedCode.Compile([code], isModern: true)[0];

        // then
        Check(model, predict, new Random(1), samples);
    }

    private static void Check(TrainedModel model, Func<float[], float[]> predict, Random random, int samples)
    {
        var count = model.Record.InputShape.Aggregate(1, static (product, size) => product * size);
        var (mean, deviation) = (model.Record.InputMean, model.Record.InputDeviation);
        for (var sample = 0; sample < samples; sample++)
        {
            var numbers = Make.Numbers(random, count);
            var expected = Make.Ask(model, Array.ConvertAll(numbers, number => (float)((number - mean) / deviation)));
            Make.Equal(expected, predict(numbers), sample);
        }
    }

    public sealed class Networks
    {
        public Networks()
        {
            var models = Cases.Select(static each =>
                Make.Model(each.Word, each.Shape, each.Outputs, hasClasses: each.Outputs > 1 && !each.Word.StartsWith("auto", StringComparison.Ordinal)))
                .Concat(Ensembles.Select(static each => Make.Ensemble(each.Options, each.Inputs, each.Outputs))).ToArray();
            var functions = ExportedCode.Compile([.. models.Select(static (model, number) =>
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"Network{number}");
                var answer = model.Record.ClassNames is not null ? "model.Predict(numbers).Probabilities"
                    : model.Record.Outputs == 1 ? "new[] { model.Predict(numbers) }" : "model.Predict(numbers)";
                return new ExportedModel(name, ExportedCode.Write(model, name), "Func<float[], float[]>", "numbers => " + answer);
            })], isModern: false);
            All = [.. models.Zip(functions, static (model, function) => (model, (Func<float[], float[]>)function))];
        }

        internal IReadOnlyList<(TrainedModel Model, Func<float[], float[]> Predict)> All { get; }
    }
}

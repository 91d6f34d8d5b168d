namespace Gradus.CSharp.Tests;

/// <summary>Networks of each family that becomes C#: the same bits as Gradus gives.</summary>
public class NetworkBitsTests
{
    [Theory]
    [InlineData("mlp:40,24", new[] { 9 }, 3, 1000)]
    [InlineData("mlp:700,33", new[] { 1000 }, 70, 20)]
    [InlineData("mlp:16", new[] { 5, 7 }, 1, 100)]
    [InlineData("mlp", new[] { 2, 6, 5 }, 4, 100)]
    [InlineData("cnn", new[] { 1, 12, 12 }, 10, 100)]
    [InlineData("cnn", new[] { 3, 9, 11 }, 3, 20)]
    [InlineData("lenet", new[] { 1, 28, 28 }, 10, 50)]
    [InlineData("resnet20", new[] { 3, 16, 16 }, 10, 10)]
    [InlineData("resnet18", new[] { 1, 33, 33 }, 5, 2)]
    [InlineData("lstm:20", new[] { 6, 5 }, 3, 200)]
    [InlineData("lstm:32,2", new[] { 7, 4 }, 3, 100)]
    [InlineData("gru:20,2", new[] { 6, 5 }, 3, 200)]
    [InlineData("lstm:16", new[] { 3, 8, 6 }, 4, 50)]
    [InlineData("gru:400", new[] { 3, 350 }, 4, 10)]
    [InlineData("autoencoder:12,5", new[] { 1, 4, 4 }, 16, 100)]
    public void A_network_of_numbers_gives_the_same_bits(string word, int[] shape, int outputs, int samples)
    {
        // given
        var model = Make.Model(word, shape, outputs, hasClasses: outputs is > 1 and not 16);
        var count = shape.Aggregate(1, static (product, size) => product * size);
        var answer = model.Record.ClassNames is not null ? "model.Predict(numbers).Probabilities" : outputs == 1 ? "new[] { model.Predict(numbers) }" : "model.Predict(numbers)";
        var predict = ExportedCode.Compile<Func<float[], float[]>>(
            ExportedCode.Write(model), "Func<float[], float[]>", $"numbers => {answer}");
        var random = new Random(7);
        var (mean, deviation) = (model.Record.InputMean, model.Record.InputDeviation);

        for (var sample = 0; sample < samples; sample++)
        {
            // when
            var numbers = Make.Numbers(random, count);
            var expected = Make.Ask(model, Array.ConvertAll(numbers, number => (float)((number - mean) / deviation)));

            // then
            Make.Equal(expected, predict(numbers), sample);
        }
    }
}

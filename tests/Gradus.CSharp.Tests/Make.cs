using System.Globalization;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.CSharp.Tests;

/// <summary>Models that have learnt nothing, and samples for them.</summary>
internal static class Make
{
    public static TrainedModel Model(string word, int[] shape, int outputs, bool hasClasses = true, string data = "arrays")
    {
        var network = ModelSpec.Parse(word).Build(data == "text" ? new ModelData(DataForm.Text, shape, outputs) : ModelData.Of(shape, outputs));
        network.Initialize(1);
        return Of(network, word, shape, outputs, hasClasses, data);
    }

    /// <summary>A network of tables, whose bins are those of some rows.</summary>
    public static TrainedModel Ensemble(TableNetworkOptions options, int inputs, int outputs)
    {
        var network = new TableNetwork(inputs, outputs, options);
        network.Initialize(1);
        network.Learn(Tensor.From(Numbers(new Random(2), 2000 * inputs), [2000, inputs]));
        // It begins at 0, as if it were not there.
        using (new NoGrad()) network.Skip.Weight.Value.CopyFrom(Tensor.From(Numbers(new Random(3), outputs * inputs), [outputs, inputs]));
        return Of(network, "table", [inputs], outputs, options.AreClasses, "arrays");
    }

    private static TrainedModel Of(Module<Tensor, Tensor> network, string word, int[] shape, int outputs, bool hasClasses, string data)
    {
        network.Eval();
        return new TrainedModel(network, new ModelRecord
        {
            Gradus = "0.1.0",
            Model = word,
            InputShape = shape,
            Outputs = outputs,
            ClassNames = hasClasses ? Names(outputs, data) : null,
            InputMean = data == "text" ? 0 : 0.1307,
            InputDeviation = data == "text" ? 1 : 0.3081,
            Data = data,
            Split = new SplitRecord { Seed = 0 },
        });
    }

    /// <summary>What the model says, one sample at a time.</summary>
    public static float[] Ask(TrainedModel model, float[] numbers)
    {
        using var noGrad = new NoGrad();
        using var scope = new TensorScope();
        return model.ToPredictions(model.Network.Forward(Tensor.From(numbers, [1, .. model.Record.InputShape])));
    }

    public static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 4) - 2))];

    /// <summary>Compares two answers to the last bit.</summary>
    public static void Equal(float[] expected, float[] got, int sample)
    {
        Assert.Equal(expected.Length, got.Length);
        for (var index = 0; index < expected.Length; index++)
        {
            if (BitConverter.SingleToUInt32Bits(expected[index]) != BitConverter.SingleToUInt32Bits(got[index]))
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"sample {sample}, output {index}: {got[index]:R}, expected {expected[index]:R}"));
        }
    }

    private static string[] Names(int count, string data) => data == "text"
        ? [.. Enumerable.Range(0, count).Select(static index => char.ConvertFromUtf32('!' + index))]
        : [.. Enumerable.Range(0, count).Select(static index => string.Create(CultureInfo.InvariantCulture, $"class \"{index}\""))];
}

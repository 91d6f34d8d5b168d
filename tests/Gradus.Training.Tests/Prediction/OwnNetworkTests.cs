using Gradus.Data;
using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Training.Tests;

public sealed class OwnNetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_of_ones_own_is_trained_saved_and_loaded_like_any_other()
    {
        // given
        var spec = ModelSpec.Register("gated-net", static data => new GatedNetwork(data.Inputs, 8, data.Outputs));
        var (model, split) = OfTable(spec);
        _ = new Trainer(model.Network, split, new TrainingOptions { Epochs = 2, BatchSize = 16 }).Run().Last();
        var row = new Dictionary<string, object?> { ["a"] = 0.25, ["b"] = 0.5, ["color"] = "red" };
        var expected = new Predictor(model).Predict(row).Value;

        // when
        model.Save(_folder["model.safetensors"]);
        var loaded = TrainedModel.Load(_folder["model.safetensors"]);

        // then
        Assert.IsType<GatedNetwork>(loaded.Network);
        Assert.Equal(expected, new Predictor(loaded).Predict(row).Value);
    }

    [Fact]
    public void A_program_that_does_not_know_the_network_opens_it_by_its_graph()
    {
        // given
        var (model, split) = OfTable(ModelSpec.Register("another-net", static data => new GatedNetwork(data.Inputs, 8, data.Outputs)));
        model.Network.Initialize(3);
        model.Save(_folder["model.safetensors"]);
        Rename(_folder["model.safetensors"], "another-net", "unknown-net");

        // when
        var loaded = TrainedModel.Load(_folder["model.safetensors"]);

        // then: it predicts, is saved again, and is trained on
        var row = new Dictionary<string, object?> { ["a"] = 0.25, ["b"] = 0.5, ["color"] = "red" };
        var expected = new Predictor(model).Predict(row).Value;
        Assert.Equal(expected, new Predictor(loaded).Predict(row).Value, Math.Abs(expected) * 1e-5);
        loaded.Save(_folder["again.safetensors"]);
        Assert.Equal(new Predictor(loaded).Predict(row).Value, Predictor.Load(_folder["again.safetensors"]).Predict(row).Value);
        var before = Evaluation.Of(loaded.Network, split.Train).Loss;
        _ = new Trainer(loaded.Network, split, new TrainingOptions { Epochs = 5, BatchSize = 16 }).Run().Last();
        Assert.True(Evaluation.Of(loaded.Network, split.Train).Loss < before);
    }

    [Fact]
    public void A_network_that_cannot_be_written_as_a_graph_is_opened_where_it_is_registered_and_refused_elsewhere()
    {
        // given: what it computes hangs on the values
        var (model, _) = OfTable(ModelSpec.Register("choosing-net", static data => new ChoosingNetwork(data.Inputs, data.Outputs)));
        model.Network.Initialize(0);

        // when
        model.Save(_folder["model.safetensors"]);

        // then
        Assert.IsType<ChoosingNetwork>(TrainedModel.Load(_folder["model.safetensors"]).Network);
        Rename(_folder["model.safetensors"], "choosing-net", "missing-net");
        var error = Assert.Throws<InvalidDataException>(() => TrainedModel.Load(_folder["model.safetensors"]));
        Assert.Contains("'missing-net' is a network of a program's own, whose graph cannot be written as ONNX.", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("ModelSpec.Register(\"missing-net\", data => new MyNetwork(data.Inputs, data.Outputs));", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mlp", "is the name of a network of Gradus")]
    [InlineData("onnx", "is the name of a network of Gradus")]
    [InlineData("my net", "is no name of a model")]
    [InlineData("", "is no name of a model")]
    public void A_name_that_cannot_be_is_refused(string name, string message)
    {
        // when
        var error = Assert.Throws<FormatException>(() => ModelSpec.Register(name, static data => new GatedNetwork(data.Inputs, 8, data.Outputs)));

        // then
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private (TrainedModel Model, DataSplit Data) OfTable(ModelSpec spec)
    {
        var path = _folder["table.csv"];
        File.WriteAllText(path, Make.Table(120, regress: true));
        return TrainedModel.Prepare(spec, CsvTable.Load(path));
    }

    private static void Rename(string path, string from, string to)
    {
        var contents = SafeTensorsFile.Read(path);
        SafeTensorsFile.Write(path, contents.Tensors, contents.Metadata.ToDictionary(
            static entry => entry.Key, entry => entry.Value.Replace(from, to, StringComparison.Ordinal)));
    }

    private sealed class GatedNetwork : Module<Tensor, Tensor>
    {
        private readonly Linear _values;
        private readonly Linear _gates;
        private readonly Linear _output;

        public GatedNetwork(int inputs, int width, int outputs) =>
            (_values, _gates, _output) = (
                Register(new Linear(inputs, width), "values"), Register(new Linear(inputs, width), "gates"), Register(new Linear(width, outputs), "output"));

        protected override Tensor Compute(Tensor input) => _output.Forward(_values.Forward(input) * _gates.Forward(input).Sigmoid());
    }

    private sealed class ChoosingNetwork : Module<Tensor, Tensor>
    {
        private readonly Linear _one;
        private readonly Linear _other;

        public ChoosingNetwork(int inputs, int outputs) =>
            (_one, _other) = (Register(new Linear(inputs, outputs), "one"), Register(new Linear(inputs, outputs), "other"));

        protected override Tensor Compute(Tensor input) => input.Sum().Item() > 0 ? _one.Forward(input) : _other.Forward(input);
    }
}

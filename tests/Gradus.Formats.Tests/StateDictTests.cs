using Gradus.Nn;

namespace Gradus.Formats.Tests;

public sealed class StateDictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_that_is_saved_and_loaded_computes_the_same()
    {
        // given
        var model = Network(8);
        var copy = Network(8);
        var x = Tensor.Randn([5, 3], generator: new Generator(1));

        // when
        model.Save(_folder["model.safetensors"], new Dictionary<string, string> { ["task"] = "demo" });
        var metadata = copy.Load(_folder["model.safetensors"]);

        // then
        Assert.Equal(model.Forward(x).ToArray<float>(), copy.Forward(x).ToArray<float>());
        Assert.Equal("demo", metadata["task"]);
        Assert.Equal(["0.bias", "0.weight", "2.bias", "2.weight"],
            SafeTensorsFile.Inspect(_folder["model.safetensors"]).Tensors.Select(static entry => entry.Name));
    }

    [Fact]
    public void A_file_that_does_not_fit_changes_nothing_and_says_what_differs()
    {
        // given
        var model = Network(8);
        var other = Network(9);
        var before = other.State()["0.weight"].ToArray<float>();
        model.Save(_folder["model.safetensors"]);

        // when
        var exception = Assert.Throws<GradusException>(() => other.Load(_folder["model.safetensors"]));

        // then
        Assert.Contains("model.safetensors", exception.Message);
        Assert.Contains("0.weight is [8,3], expected [9,3]", exception.Message);
        Assert.Equal(before, other.State()["0.weight"].ToArray<float>());
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".pt")]
    [InlineData(".pth")]
    [InlineData(".npz")]
    [InlineData(".dat")]
    public void A_network_is_saved_in_the_format_that_the_name_tells_and_loaded_by_the_first_bytes(string extension)
    {
        // given
        var model = Network(8);
        var copy = Network(8);
        var x = Tensor.Randn([5, 3], generator: new Generator(1));

        // when
        model.Save(_folder[$"model{extension}"]);
        File.Move(_folder[$"model{extension}"], _folder["renamed.dat"]);
        copy.Load(_folder["renamed.dat"]);

        // then
        Assert.Equal(model.Forward(x).ToArray<float>(), copy.Forward(x).ToArray<float>());
    }

    [Fact]
    public void What_stands_before_the_names_and_beside_the_weights_of_a_checkpoint_is_found()
    {
        // given: as nn.DataParallel, torch.compile and an optimizer leave them
        var (model, copy) = (Network(8), Network(8));
        var state = model.State().ToDictionary(static entry => $"state_dict/module._orig_mod.{entry.Key}", static entry => entry.Value);
        state["optimizer/state/0/exp_avg"] = Tensor.Zeros([2, 2]);
        state["state_dict/module._orig_mod.1.num_batches_tracked"] = Tensor.Of(7L);
        TensorFile.Write(_folder["checkpoint.pt"], state);
        var x = Tensor.Randn([5, 3], generator: new Generator(1));

        // when
        copy.Load(_folder["checkpoint.pt"]);

        // then
        Assert.Equal(model.Forward(x).ToArray<float>(), copy.Forward(x).ToArray<float>());
        Assert.Equal("under state_dict; module._orig_mod → nothing; without *num_batches_tracked", StateMapping.Find(copy, state.Keys).ToString());
        var message = Assert.Throws<GradusException>(() => Network(9).Load(_folder["checkpoint.pt"])).Message;
        Assert.Contains("0.weight is [8,3], expected [9,3]", message);
        Assert.EndsWith("Its names were taken so: under state_dict; module._orig_mod → nothing; without *num_batches_tracked.", message);
    }

    [Fact]
    public void A_parameter_of_several_places_stands_under_each_of_its_names_in_other_formats_and_is_written_once()
    {
        // given
        var shared = new Linear(64, 64);
        var model = new Sequential(shared, new Relu(), shared);

        // when
        model.Save(_folder["tied.pt"]);
        var contents = PyTorchFile.Read(_folder["tied.pt"]);
        var loaded = new Sequential(shared, new Relu(), shared);
        loaded.Load(_folder["tied.pt"]);

        // then
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], contents.Tensors.Keys);
        Assert.InRange(new FileInfo(_folder["tied.pt"]).Length, 0, (4 * (64 + 1) * 64) + 2000);
    }

    private static Sequential Network(int width) => new(new Linear(3, width), new Relu(), new Linear(width, 2));
}

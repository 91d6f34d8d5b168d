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

    private static Sequential Network(int width) => new(new Linear(3, width), new Relu(), new Linear(width, 2));
}

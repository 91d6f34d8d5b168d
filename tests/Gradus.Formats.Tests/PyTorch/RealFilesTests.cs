namespace Gradus.Formats.Tests;

/// <summary>Files of weights that people have published, in the formats of several years.</summary>
public sealed class RealFilesTests
{
    [Theory]
    [InlineData("pytorch/resnet20-12fca82f.th", "state_dict/module.conv1.weight", 97, 271_098, 139.78265)]
    [InlineData("pytorch/lenet_mnist_csinva.pth", "", 10, 61_706, -401.626522)]
    public void A_file_has_as_many_tensors_and_numbers_as_is_known(string file, string name, int tensors, long numbers, double sum)
    {
        // given
        var path = SharedData.Find(["models", .. file.Split('/')]);

        // when
        var contents = PyTorchFile.Read(path);

        // then
        Assert.Equal((tensors, numbers), (contents.Tensors.Count, contents.Tensors.Values.Sum(static tensor => tensor.Count)));
        Assert.Equal(sum, contents.Tensors.Values.Sum(static tensor => tensor.To(DType.Float64).Sum().Item<double>()), 5);
        Assert.True(name.Length == 0 || contents.Tensors.ContainsKey(name));
    }

    [Fact]
    public void A_network_that_was_saved_as_pytorch_and_as_safetensors_has_the_same_names_and_shapes()
    {
        // given: of two trainings, so that the values differ
        var expected = SafeTensorsFile.Read(SharedData.Find("models", "burn-mnist", "mnist.safetensors")).Tensors;

        // when
        var tensors = PyTorchFile.Read(SharedData.Find("models", "burn-mnist", "mnist.pt")).Tensors;

        // then
        Assert.Equal(20, tensors.Count);
        foreach (var (name, tensor) in expected) Assert.Equal(tensor.Shape, tensors[name].Shape);
    }

    [Theory]
    [InlineData("yunet/yunet_n.pth", 362, 153_746)]
    [InlineData("pytorch/captum_california_model.pt", 8, 6_471)]
    [InlineData("ultraface/version-RFB-320.pth", 244, 281_135)]
    [InlineData("fastestdet/FastestDet.pth", 420, 252_938)]
    public void A_published_file_is_read_whole(string file, int tensors, long numbers)
    {
        // when
        var path = SharedData.Find(["models", .. file.Split('/')]);
        var contents = PyTorchFile.Read(path);

        // then
        Assert.Equal((tensors, numbers), (contents.Tensors.Count, contents.Tensors.Values.Sum(static tensor => tensor.Count)));
        Assert.Empty(contents.LeftOut);
        Assert.All(contents.Tensors.Values, static tensor => Assert.True(tensor.To(DType.Float64).Abs().Max().Item<double>() < 1e12));
        Assert.Equal(contents.Tensors.Keys, PyTorchFile.Inspect(path).Tensors.Select(static tensor => tensor.Name));
    }
}

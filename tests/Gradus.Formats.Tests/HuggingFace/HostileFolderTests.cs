using System.Text;
using Gradus.Testing;

namespace Gradus.Formats.Tests.HuggingFace;

public class HostileFolderTests
{
    [Theory]
    [InlineData("../outside.safetensors")]
    [InlineData("/etc/outside.safetensors")]
    [InlineData("sub/model.safetensors")]
    [InlineData("sub\\model.safetensors")]
    [InlineData("C:model.safetensors")]
    [InlineData("..")]
    [InlineData(".safetensors")]
    [InlineData("model.bin")]
    [InlineData("model.safetensors\u0000.safetensors")]
    public void A_list_that_leads_out_of_the_folder_is_refused(string file)
    {
        // given
        using var folder = Folder("gpt2");
        WriteIndex(folder, ("a", file));

        // then
        var error = Assert.Throws<InvalidDataException>(() => HuggingFaceFolder.Open(folder.Path));
        Assert.Contains("is no name of a safetensors file in this folder", error.Message);
    }

    [Fact]
    public void A_link_that_leads_out_of_the_folder_is_refused_and_one_to_the_cache_is_followed()
    {
        if (OperatingSystem.IsWindows()) return;

        // given: a cache of Hugging Face, whose snapshots show what lies in blobs
        using var cache = new TemporaryFolder();
        using var other = Folder("gpt2");
        Directory.CreateDirectory(cache["blobs"]);
        Directory.CreateDirectory(cache["snapshots/abc"]);
        File.Copy(other["config.json"], cache["snapshots/abc/config.json"]);
        File.Copy(other["model.safetensors"], cache["blobs/0123"]);

        // when
        File.CreateSymbolicLink(cache["snapshots/abc/model.safetensors"], "../../blobs/0123");
        var opened = HuggingFaceFolder.Open(cache["snapshots/abc"]);
        File.Delete(cache["snapshots/abc/model.safetensors"]);
        File.CreateSymbolicLink(cache["snapshots/abc/model.safetensors"], other["model.safetensors"]);

        // then
        Assert.True(opened.Load().Report.IsComplete);
        var error = Assert.Throws<InvalidDataException>(() => HuggingFaceFolder.Open(cache["snapshots/abc"]));
        Assert.Contains("it is a link that leads out of the folder", error.Message);
    }

    [Fact]
    public void A_list_that_is_not_true_is_refused()
    {
        // given
        using var folder = Folder("gpt2");
        File.Move(folder["model.safetensors"], folder["model-1.safetensors"]);

        // then
        WriteIndex(folder, ("a", "model-1.safetensors"));
        Assert.Contains("it does not say that", Assert.Throws<InvalidDataException>(() => HuggingFaceFolder.Open(folder.Path)).Message);
        WriteIndex(folder, ("a", "model-2.safetensors"));
        Assert.Throws<FileNotFoundException>(() => HuggingFaceFolder.Open(folder.Path));
        WriteIndex(folder);
        Assert.Contains("weight_map names no tensor", Assert.Throws<InvalidDataException>(() => HuggingFaceFolder.Open(folder.Path)).Message);
    }

    [Theory]
    [InlineData("{}", "model_type: got nothing")]
    [InlineData("""{"model_type": "llama"}""", "model_type: got 'llama'; expected gpt2, bert, vit or resnet")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 24, "n_head": 5}""", "the heads must divide the width")]
    [InlineData("""{"model_type": "gpt2", "n_layer": 900, "n_embd": 24, "n_head": 3}""", "n_layer: got 900; expected no more than the 28 tensors of its weights")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 0}""", "n_embd: got 0")]
    [InlineData("""{"model_type": "gpt2", "n_embd": 1048576, "n_head": 1, "n_layer": 1}""", "but the files of weights hold")]
    [InlineData("""{"model_type": "gpt2", "activation_function": "mish"}""", "activation_function: got 'mish'")]
    [InlineData("""{"model_type": "gpt2", "layer_norm_epsilon": "small"}""", "layer_norm_epsilon: got a text; expected a number")]
    [InlineData("""{"model_type": "bert", "position_embedding_type": "relative_key"}""", "position_embedding_type: got 'relative_key'")]
    [InlineData("""{"model_type": "resnet", "hidden_sizes": [16], "depths": [1, 1]}""", "expected one of each for a stage")]
    [InlineData("""{"model_type": "resnet", "depths": [1000000000, 1, 1, 1]}""", "depths: got 1000000000")]
    [InlineData("""{"model_type": "vit", "image_size": 1048576, "patch_size": 1}""", "")]
    public void A_configuration_that_cannot_be_is_refused(string config, string reason)
    {
        // given
        using var folder = Folder("gpt2");
        File.WriteAllText(folder["config.json"], config);

        // then
        var error = Assert.Throws<InvalidDataException>(() => HuggingFaceFolder.Open(folder.Path).Load());
        Assert.Contains(reason, error.Message);
        Assert.Contains("config.json", error.Message);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<DirectoryNotFoundException>(() => HuggingFaceFolder.Open(folder["none"]));
        Assert.Contains("config.json", Assert.Throws<FileNotFoundException>(() => HuggingFaceFolder.Open(folder.Path)).Message);
        File.WriteAllText(folder["config.json"], ReferenceModel.Of("gpt2").Config);
        File.WriteAllText(folder["pytorch_model.bin"], "");
        var fault = Assert.Throws<FileNotFoundException>(() => HuggingFaceFolder.Open(folder.Path));
        Assert.Contains("gradus convert pytorch_model.bin model.safetensors", fault.Message);
    }

    [Fact]
    public void Damaged_configurations_and_lists_are_refused_or_read()
    {
        // given
        using var folder = new TemporaryFolder();
        ReferenceModel.Of("gpt2").Write(folder, files: 3);
        var (config, index) = (File.ReadAllBytes(folder["config.json"]), File.ReadAllBytes(folder["model.safetensors.index.json"]));
        string[] signs = ["{", "}", "[", "]", "null", "-1", "1e99", "99999999", "\"", "../", "\\ud800", "true", ":", ","];
        byte[][] words = [.. signs.Select(Encoding.UTF8.GetBytes)];

        // when
        Read("config.json", config);
        Read("model.safetensors.index.json", index);

        void Read(string name, byte[] good)
        {
            var (refused, _) = Fuzz.Run([good], words, cases: 150, bytes =>
            {
                File.WriteAllBytes(folder[name], bytes);
                try
                {
                    HuggingFaceFolder.Open(folder.Path).Load();
                    return true;
                }
                catch (Exception exception) when (exception is InvalidDataException or GradusException or FileNotFoundException)
                {
                    return false;
                }
            });
            File.WriteAllBytes(folder[name], good);

            // then
            Assert.InRange(refused, 1, 150);
        }
    }

    private static TemporaryFolder Folder(string name)
    {
        var folder = new TemporaryFolder();
        ReferenceModel.Of(name).Write(folder, files: 1);
        return folder;
    }

    private static void WriteIndex(TemporaryFolder folder, params (string Tensor, string File)[] places)
    {
        File.Delete(folder["model.safetensors"]);
        var map = string.Join(", ", places.Select(static place => $"\"{place.Tensor}\": {System.Text.Json.JsonSerializer.Serialize(place.File)}"));
        File.WriteAllText(folder["model.safetensors.index.json"], $$$"""{"weight_map": { {{{map}}} }}""");
    }
}

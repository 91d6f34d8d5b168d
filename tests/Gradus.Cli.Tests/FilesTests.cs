using System.Text.Json;
using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Cli.Tests;

/// <summary>convert, inspect and train --from with files of tensors of all formats.</summary>
public sealed class FilesTests
{
    [Fact]
    public void Tensors_go_through_all_formats_and_come_back_as_they_were()
    {
        // given
        using var work = new Workplace();
        var tensors = new Dictionary<string, Tensor>
        {
            ["net.weight"] = Tensor.Of([[1f, -2f], [3.5f, 4f]]),
            ["net.half"] = Tensor.Of(0.5f, 2f).To(DType.Float16),
            ["count"] = Tensor.Of(1L << 40),
            ["flags"] = Tensor.Of(true, false),
        };
        SafeTensorsFile.Write(work["a.safetensors"], tensors);

        // when
        string[] files = ["a.safetensors", "b.pt", "c.npz", "d.dat", "e.pth", "f.safetensors"];
        foreach (var (from, to) in files.Zip(files.Skip(1)))
        {
            Assert.StartsWith($"{to}: 4 tensors, 9 numbers, from ", work.Run("convert", from, to).Done().Output);
        }

        var listed = work.Run("inspect", "e.pth", "--json").Done().LastJson;

        // then
        Assert.Equal(work.Hash("a.safetensors"), work.Hash("f.safetensors"));
        Assert.Equal("PyTorch", listed.GetProperty("format").GetString());
        Assert.Equal(
            ["count int64 [1] 8", "flags bool [2] 2", "net.half float16 [2] 4", "net.weight float32 [2,2] 16"],
            listed.GetProperty("tensors").EnumerateArray().Select(Line).Order(StringComparer.Ordinal));

        static string Line(JsonElement tensor)
        {
            var shape = string.Join(',', tensor.GetProperty("shape").EnumerateArray());
            return $"{tensor.GetProperty("name")} {tensor.GetProperty("dtype")} [{shape}] {tensor.GetProperty("bytes")}";
        }
    }

    [Fact]
    public void What_cannot_be_converted_is_told_and_nothing_is_written()
    {
        // given
        using var work = new Workplace();
        PyTorchFile.Write(work["b.pt"], new Dictionary<string, Tensor> { ["w"] = Tensor.Of(1f).To(DType.BFloat16) });
        work.Write("page.pt", "<html><body>404</body></html>");

        // then
        work.Run("convert", "b.pt", "b.npz").Failed(1, "NumPy has no bfloat16");
        work.Run("convert", "b.pt", "b.onnxx").Failed(2, "'b.onnxx': its name tells no format; expected one that ends with .safetensors, .pt");
        work.Run("convert", "page.pt", "b.npz").Failed(1, "page.pt: this is a web page, no PyTorch file. Download the file itself");
        work.Run("convert", "b.pt", "b.dat", "--under", "state_dict").Failed(2, "nothing in b.pt stands under 'state_dict'; there are w");
        Assert.Equal(["b.pt", "page.pt"], Directory.GetFiles(work["."]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_training_begins_with_the_weights_of_another_program()
    {
        // given: as nn.DataParallel saves a network for spirals, and one whose last layer has other names
        using var work = new Workplace();
        var network = new Sequential(new Flatten(), new Linear(2, 8), new Relu(), new Linear(8, 2));
        network.Initialize(7);
        var state = network.State();
        PyTorchFile.Write(work["w.pt"], state.ToDictionary(static entry => $"state_dict/module.{entry.Key}", static entry => entry.Value));
        NpzFile.Write(
            work["w.npz"], state.ToDictionary(static entry => entry.Key.Replace("3.", "head.", StringComparison.Ordinal), static entry => entry.Value));
        string[] train = ["train", "spirals", "--steps", "1", "--lr", "0", "--model", "mlp:8", "--from"];

        // when
        var whole = work.Run([.. train, "w.pt", "--out", "a"]);
        var renamed = work.Run([.. train, "w.npz", "--rename", "head=3", "--out", "b"]).Done();
        var partial = work.Run([.. train, "w.npz", "--partial", "--out", "c"]);
        var again = work.Run("train", "b/run.json", "--out", "d").Done();

        // then
        Assert.Equal("gradus: note: w.pt: its names are taken so: under state_dict; module → nothing.\n", whole.Error);
        foreach (var run in (string[])["a", "b", "d"])
        {
            var weights = SafeTensorsFile.Read(work[$"{run}/model.safetensors"]).Tensors;
            Assert.Equal(state["3.weight"].ToArray<float>(), weights["3.weight"].ToArray<float>());
        }

        Assert.Contains("w.npz: 2 tensors are taken; ", partial.Error);
        work.Run([.. train, "w.npz", "--out", "e"]).Failed(1, "may stand for");
        work.Run("train", "spirals", "--from", "w.pt", "--out", "f").Failed(2, "w.pt holds tensors without an architecture");
        Assert.True(again.Output.Length > 0 && renamed.Output.Length > 0);
    }
}

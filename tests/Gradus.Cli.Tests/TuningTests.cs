using Gradus.Formats;

namespace Gradus.Cli.Tests;

public class TuningTests
{
    [Fact]
    public void Adapters_alone_are_trained_and_saved_and_the_model_has_them_merged()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "moons", "--steps", "60", "--out", "a").Done();

        // when
        var tuned = work.Run("train", "circles", "--from", "a/model.safetensors", "--lora", "4", "--steps", "40", "--out", "b", "--json").Done();

        // then
        var (before, after) = (SafeTensorsFile.Read(work["a/model.safetensors"]), SafeTensorsFile.Read(work["b/model.safetensors"]));
        var adapters = SafeTensorsFile.Read(work["b/adapter.safetensors"]);
        Assert.Equal(before.Tensors.Keys, after.Tensors.Keys);
        Assert.Equal(before.Tensors["1.bias"].ToArray<float>(), after.Tensors["1.bias"].ToArray<float>());
        Assert.NotEqual(before.Tensors["3.weight"].ToArray<float>(), after.Tensors["3.weight"].ToArray<float>());
        Assert.Equal(["3.weight_lora_a", "3.weight_lora_b"], adapters.Tensors.Keys);
        Assert.Equal("lora", adapters.Metadata["adapter"]);
        Assert.Equal("done", tuned.LastJson.GetProperty("event").GetString());
        work.Run("evaluate", "b/model.safetensors", "circles").Done();
        work.Run("verify", "b").Done();
    }

    [Fact]
    public void A_run_with_adapters_and_rates_goes_on_with_equal_bits()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "moons", "--steps", "60", "--out", "a").Done();
        string[] words =
        [
            "train", "circles", "--from", "a/model.safetensors", "--lora", "2", "--lora-alpha", "3", "--lora-layers", "3", "--lora-layers", "5", "--dora",
            "--lora-also", "*.bias", "--rate-of", "*.bias=0.1", "--layer-decay", "0.5", "--epochs", "4", "--checkpoint-every", "10",
        ];
        work.Run([.. words, "--out", "whole"]).Done();

        // when: the run was killed after its second checkpoint
        work.Run([.. words, "--out", "part"]).Done();
        File.Delete(work["part/model.safetensors"]);
        foreach (var newer in Directory.GetFiles(work["part/checkpoints"], "step-*").Order(StringComparer.Ordinal).Skip(2)) File.Delete(newer);
        work.Run("train", "--resume", "part", "--threads", "1").Done();
        work.Run("train", "whole/run.json", "--out", "again").Done();

        // then
        foreach (var file in (string[])["model.safetensors", "adapter.safetensors"])
        {
            Assert.Equal(work.Hash($"whole/{file}"), work.Hash($"part/{file}"));
            Assert.Equal(work.Hash($"whole/{file}"), work.Hash($"again/{file}"));
        }

        Assert.Contains("1.bias", SafeTensorsFile.Read(work["whole/adapter.safetensors"]).Tensors.Keys);
    }

    [Fact]
    public void A_part_that_is_unfrozen_later_moves_from_its_epoch_on()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "moons", "--steps", "60", "--out", "a").Done();
        float[] Weight(string run, string name) => SafeTensorsFile.Read(work[$"{run}/model.safetensors"]).Tensors[name].ToArray<float>();

        // when
        string[] words = ["train", "circles", "--from", "a/model.safetensors", "--epochs", "2", "--unfreeze"];
        work.Run([.. words, "1.*=3", "--unfreeze", "3=2", "--out", "b"]).Done();

        // then
        Assert.Equal(Weight("a", "1.weight"), Weight("b", "1.weight"));
        Assert.NotEqual(Weight("a", "3.weight"), Weight("b", "3.weight"));
        Assert.NotEqual(Weight("a", "5.weight"), Weight("b", "5.weight"));
    }

    [Fact]
    public void The_commands_of_the_page_on_fine_tuning_run()
    {
        // given
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gradus.slnx"))) folder = folder.Parent!;
        var lines = File.ReadLines(Path.Combine(folder.FullName, "docs", "fine-tuning.md"))
            .Where(static line => line.StartsWith("gradus ", StringComparison.Ordinal));
        using var work = new Workplace();

        // when
        var results = lines.Select(line => work.Run([.. line.Split(' ').Skip(1).Select(static word => word.Trim('\''))])).ToArray();

        // then
        Assert.Equal(6, results.Length);
        Assert.All(results, static result => result.Done());
        Assert.True(File.Exists(work["dora/adapter.safetensors"]));
    }

    [Fact]
    public void What_is_said_wrongly_is_refused()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "moons", "--steps", "5", "--out", "a").Done();
        string[] from = ["train", "circles", "--from", "a/model.safetensors", "--out", "b"];

        // when, then
        work.Run("train", "xor", "--lora", "2").Failed(2, "--lora: it changes the weights of a trained model; add --from MODEL.");
        work.Run([.. from, "--lora", "2", "--unfreeze", "1=2"]).Failed(2, "--lora and --unfreeze exclude each other:");
        work.Run([.. from, "--dora"]).Failed(2, "--dora: it is a setting of --lora; add --lora RANK, or leave it out.");
        work.Run([.. from, "--unfreeze", "1.*"]).Failed(2, "--unfreeze: '1.*' is not PATTERN=EPOCH, with a whole number from 1 on.");
        work.Run([.. from, "--rate-of", "1.*=-1"]).Failed(2, "--rate-of: '1.*=-1' is not PATTERN=FACTOR, with a number from 0 on.");
        work.Run([.. from, "--layer-decay", "0"]).Failed(2, "--layer-decay: '0' is not a number above 0 and at most 1.");
        work.Run([.. from, "--unfreeze", "4.*=2"]).Failed(1, "unfreeze: no parameter's name is like 4.*;");
        work.Run([.. from, "--rate-of", "4.*=2"]).Failed(1, "AdamW: no parameter is in the group Named(\"4.*\") × 2;");
        work.Run([.. from, "--lora", "99"]).Failed(1, "lora: the network has no weight that is larger than its adapters of rank 99 would be.");
        work.Run([.. from, "--lora", "2", "--lora-layers", "3.wieght"]).Failed(1, "3.weight is nearest;");
    }
}

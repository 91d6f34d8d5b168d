using Gradus.Formats;

namespace Gradus.Cli.Tests;

/// <summary>Training pictures that are changed at random.</summary>
public sealed class AugmentTests
{
    private static readonly string[] Words = ["--augment", "crop:2", "--augment", "rotate", "--augment", "color", "--augment", "mixup:0.3"];

    [Theory]
    [InlineData("digits")]
    [InlineData("mnist --data-dir DIR")]
    [InlineData("pictures:shapes --size 14x14 --channels 3")]
    [InlineData("npz:x.npz")]
    public void Pictures_from_anywhere_are_changed_and_the_recipe_makes_the_run_again(string words)
    {
        // given
        using var work = new Workplace();
        WritePictures(work, 40);
        WriteArrays(work["x.npz"], 64);
        string[] data = [.. words.Split(' ').Select(static word => word == "DIR" ? SharedData.Find("mnist") : word)];

        // when
        work.Run(["train", .. data, "--model", "mlp:16", "--steps", "4", .. Words, "--out", "a"]).Done();
        work.Run("train", "a/run.json", "--prefetch", "2", "--threads", "1", "--out", "b").Done();
        work.Run(["train", .. data, "--model", "mlp:16", "--steps", "4", "--out", "plain"]).Done();

        // then
        Assert.Contains("\"augment\":[\"crop:2\",\"rotate:15\",\"color:0.2\",\"mixup:0.3\"]", File.ReadAllText(work["a/run.json"]));
        Assert.Equal(work.Hash("a/model.safetensors"), work.Hash("b/model.safetensors"));
        Assert.NotEqual(work.Hash("plain/model.safetensors"), work.Hash("a/model.safetensors"));
    }

    [Fact]
    public void A_run_that_was_broken_off_goes_on_with_batches_read_ahead()
    {
        // given
        using var work = new Workplace();
        string[] args = ["train", "digits", "--model", "mlp:16", "--test", "0.02", "--valid", "0.02", "--steps", "100", .. Words];
        work.Run([.. args, "--out", "whole"]).Done();
        Cli.RunAndSignal(2, [.. args, "--prefetch", "2", "--checkpoint-every", "20", "--out", "broken", "--json"], work.Path, "checkpoint");

        // when
        work.Run("train", "--resume", "broken", "--prefetch", "3").Done();

        // then
        Assert.Equal(work.Hash("whole/model.safetensors"), work.Hash("broken/model.safetensors"));
    }

    [Fact]
    public void A_trained_model_is_tuned_on_changed_pictures()
    {
        // given
        using var work = new Workplace();
        WritePictures(work, 40);
        work.Run("train", "pictures:shapes", "--size", "12x12", "--channels", "1", "--model", "cnn", "--steps", "3", "--out", "a").Done();

        // when: the model's own size, and its own mean and deviation
        work.Run("train", "pictures:shapes", "--from", "a/model.safetensors", "--steps", "3", "--augment", "flip", "--augment", "cutmix", "--out", "b").Done();

        // then
        Assert.Contains("\"augment\":[\"flip\",\"cutmix:1\"]", File.ReadAllText(work["b/run.json"]));
        work.Run("evaluate", "b/model.safetensors", "pictures:shapes").Done();
    }

    [Fact]
    public void Where_it_does_not_apply_is_said()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 60);
        work.Write("t.txt", string.Concat(Enumerable.Repeat("to be or not to be ", 60)));

        // then
        work.Run("train", "digits", "--augment", "spin").Failed(2, "augment 'spin' is not known. There are: crop:PIXELS, flip,");
        work.Run("train", "digits", "--augment", "crop:x").Failed(2, "augment 'crop:x': expected crop:PIXELS, a whole number from 0 to 16384");
        work.Run("train", "csv:t.csv", "--augment", "flip").Failed(2, "only pictures, [channels, height, width], can be changed so.");
        work.Run("train", "text:t.txt", "--augment", "flip").Failed(2, "t.txt is a text; only pictures");
        work.Run("train", "digits", "--model", "autoencoder", "--augment", "flip").Failed(2, "learns to give back its samples, and learns them as they are.");
        work.Run("train", "digits", "--prefetch", "257").Failed(2, "--prefetch: '257' is not a whole number from 0 to 256.");
    }

    [Fact]
    public void The_words_stand_in_the_help()
    {
        using var work = new Workplace();

        var help = work.Run("train", "--help").Done().Output.ReplaceLineEndings(" ");

        Assert.All(["--augment <WORD[:N]>", "flip-vertical,", "mixup:ALPHA,", "--prefetch <N>"], word => Assert.Contains(word, help));
    }

    private static void WritePictures(Workplace work, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var pixels = new byte[16 * 14];
            for (var index = 0; index < pixels.Length; index++) pixels[index] = (byte)(number % 2 == 0 ? index : 255 - index);
            var name = $"shapes/{(number % 2 == 0 ? "down" : "up")}/{number:00}.png";
            Directory.CreateDirectory(Path.GetDirectoryName(work[name])!);
            work.Write(name, PngFile.Bytes(pixels, 16, 1));
        }
    }

    /// <summary>Gray pictures in two classes, as NumPy has them.</summary>
    private static void WriteArrays(string path, int count) => Formats.NpzFile.Write(path, new Dictionary<string, Tensor>
    {
        ["x"] = Tensor.From(Enumerable.Range(0, count * 81).Select(static index => index % 97 / 97f).ToArray(), [count, 1, 9, 9]),
        ["y"] = Tensor.From(Enumerable.Range(0, count).Select(static row => (long)(row % 2)).ToArray(), [count]),
    });
}

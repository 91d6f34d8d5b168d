using Gradus.Formats;

namespace Gradus.Cli.Tests;

/// <summary>Folders of pictures as a user has them.</summary>
public sealed class PicturesTests
{
    [Fact]
    public void A_folder_of_pictures_is_learnt_evaluated_and_predicted()
    {
        // given
        using var work = new Workplace();
        for (var number = 0; number < 40; number++) WritePicture(work, $"shapes/{(number % 2 == 0 ? "cross" : "square")}/{number:00}.png", number);
        WritePicture(work, "new/a.png", 50);
        WritePicture(work, "new/deep/b.png", 51);

        // when
        string[] options = ["--model", "cnn", "--size", "12x12", "--channels", "1", "--steps", "40"];
        var trained = work.Run(["train", "pictures:shapes", .. options, "--out", "o", "--json"]).Done();
        var evaluated = work.Run("evaluate", "o/model.safetensors", "pictures:shapes", "--json").Done().LastJson;
        var predicted = work.Run("predict", "o/model.safetensors", "pictures:new").Done();
        var one = work.Run("predict", "o/model.safetensors", "pictures:new/deep/b.png", "--json").Done().LastJson;

        // then
        Assert.Equal([1, 12, 12], trained.Json[0].GetProperty("input_shape").EnumerateArray().Select(static size => size.GetInt32()));
        Assert.Equal(trained.LastJson.GetProperty("test_loss").GetDouble(), evaluated.GetProperty("loss").GetDouble());
        Assert.Equal(1, evaluated.GetProperty("accuracy").GetDouble());
        Assert.Matches(@"^a\.png: cross \d\.\d{4} \(then square \d\.\d{4}\)\ndeep/b\.png: square \d\.\d{4} \(then cross \d\.\d{4}\)\n$", predicted.Output);
        Assert.Equal(("b.png", "square"), (one.GetProperty("file").GetString(), one.GetProperty("class").GetString()));
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_named_or_counted()
    {
        // given
        using var work = new Workplace();
        for (var number = 0; number < 8; number++) WritePicture(work, $"p/{(number % 2 == 0 ? "cross" : "square")}/{number}.png", number);
        work.Write("p/cross/bad.jpg", "no picture");

        // when
        var skipping = work.Run("train", "pictures:p", "--steps", "1", "--skip-unreadable", "--out", "o", "--json").Done();
        var predicted = work.Run("predict", "o/model.safetensors", "pictures:p/cross");

        // then
        work.Run("train", "pictures:p").Failed(1, "p/cross/bad.jpg: its first bytes are 6E6F2070: no PNG, JPEG, BMP or GIF picture.");
        Assert.Equal(1, skipping.Json[0].GetProperty("skipped").GetInt32());
        Assert.Equal((0, 4), (predicted.ExitCode, predicted.Lines.Length));
        Assert.StartsWith("gradus: note: 4 pictures, 1 skipped: p/cross/bad.jpg: ", predicted.Error);
    }

    [Fact]
    public void What_is_wrong_with_the_options_is_said()
    {
        // given
        using var work = new Workplace();

        // then
        work.Run("train", "pictures:none").Failed(1, "none: no such folder. Expected one with pictures.");
        work.Run("train", "pictures:none", "--size", "32").Failed(2, "--size: '32' is no size of pictures; expected HEIGHTxWIDTH");
        work.Run("train", "xor", "--channels", "1").Failed(2, "data 'xor': --channels is for pictures:DIR only.");
        work.Run("train", "cifar10", "--data-dir", "none").Failed(1, "none: no such folder. Expected one with data_batch_1.bin");
    }

    private static void WritePicture(Workplace work, string name, int number)
    {
        var pixels = new byte[16 * 14];
        for (var y = 0; y < 14; y++)
        {
            for (var x = 0; x < 16; x++)
            {
                var isDrawn = number % 2 == 0 ? x is 7 or 8 || y is 6 or 7 : x is > 3 and < 12 && y is > 3 and < 10;
                pixels[(y * 16) + x] = (byte)(isDrawn ? 255 - number : number);
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(work[name])!);
        work.Write(name, PngFile.Bytes(pixels, 16, 1));
    }
}

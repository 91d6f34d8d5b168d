using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Gradus.Formats;

namespace Gradus.Cli.Tests;

public sealed class BadInputTests(Models models)
{
    [Theory]
    [InlineData("t.csv: the file is empty", "")]
    [InlineData("t.csv: line 3: got 2 cells, expected 3 as in the first row", "a,b,c\n1,2,x\n3,4\n")]
    [InlineData("t.csv: got a single row", "a,b,c\n")]
    [InlineData("t.csv: 2 rows are too few", "a,b,c\n1,2,x\n3,4,y\n")]
    [InlineData("t.csv: line 1: got a zero byte", "a,b\0,c\n1,2,x\n")]
    [InlineData("t.csv: no target column \"price\". Columns 0 to 2: \"a\", \"b\", \"c\".", "a,b,c\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n", "--target", "price")]
    [InlineData("t.csv: no target column \"3\". Columns 0 to 2", "a,b,c\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n", "--target", "3")]
    public void A_table_that_cannot_be_read_is_told_and_leaves_nothing(string message, string table, params string[] options)
    {
        // given
        using var work = new Workplace();
        work.Write("t.csv", table);

        // when
        var result = work.Run(["train", "csv:t.csv", .. options]);

        // then
        result.Failed(1, message);
        Assert.Equal("", result.Output);
        Assert.Equal(["t.csv"], work.Names);
    }

    [Fact]
    public void What_is_no_table_is_told()
    {
        // given
        using var work = new Workplace();
        Directory.CreateDirectory(work["folder"]);
        work.Write("binary.csv", [0xFF, 0xD8, 0xFF, 0xE0, 0x0A, 0x80, 0x81]);

        // then
        work.Run("train", "csv:none.csv").Failed(1, "none.csv: no such file");
        work.Run("train", "csv:folder").Failed(1, "folder: got a folder, expected a file");
        work.Run("train", "csv:binary.csv").Failed(1, "this is a JPEG picture, no table");
    }

    [Fact]
    public void Damaged_picture_files_are_told_and_leave_nothing()
    {
        // given
        using var work = new Workplace();
        Directory.CreateDirectory(work["d"]);
        string[] train = ["train", "mnist", "--data-dir", "d"];
        work.Run("train", "mnist", "--data-dir", "none").Failed(1, "none: no such folder");
        work.Run(train).Failed(1, "d: no file t10k-images-idx3-ubyte");
        foreach (var part in new[] { "train", "t10k" })
        {
            work.Write($"d/{part}-images-idx3-ubyte", Idx([20, 28, 28]));
            work.Write($"d/{part}-labels-idx1-ubyte", Idx([20]));
        }

        work.Run([.. train, "--steps", "1", "--out", "good"]).Done();
        var names = work.Names;

        // then
        Refuse("t10k-images-idx3-ubyte", Zip(Idx([20, 28, 28]))[..40], "the compressed data is cut off");
        Refuse("t10k-images-idx3-ubyte", [1, 2, 3, 4, 5, 6, 7, 8], "got 0102 at byte 0, expected 0000: not an IDX file");
        Refuse("t10k-images-idx3-ubyte", Idx([21, 28, 28])[..^784], "need 16464 bytes after byte 16; the file can hold 15680");
        Refuse("t10k-images-idx3-ubyte", Idx([int.MaxValue, 1, 1])[..16], "Truncated?", "more than the");
        Refuse("train-labels-idx1-ubyte", Idx([19]), "do not belong together");
        work.Run([.. train, "--valid", "0.99"]).Failed(1, "d: 20 training pictures are too few");
        Assert.Equal(names, work.Names);

        void Refuse(string name, byte[] content, params string[] messages)
        {
            var good = File.ReadAllBytes(work["d/" + name]);
            work.Write("d/" + name, content);
            var result = work.Run(train);
            result.Failed(1, messages.FirstOrDefault(message => result.Error.Contains(message, StringComparison.Ordinal)) ?? messages[0]);
            Assert.Contains("d/" + name, result.Error);
            work.Write("d/" + name, good);
        }
    }

    [Fact]
    public void A_model_file_that_is_none_is_told()
    {
        // given
        using var work = new Workplace();
        Directory.CreateDirectory(work["folder"]);
        work.Write("table.csv", "a,b\n1,2\n");

        // then
        foreach (var command in new string[][] { ["inspect"], ["evaluate", "xor"], ["predict", "xor"] })
        {
            CliResult Use(string file) => work.Run([command[0], file, .. command[1..]]);
            Use("none").Failed(1, "none: no such file");
            Use("folder").Failed(1, "folder: got a folder, expected a file");
            Use("table.csv").Failed(1, "table.csv: this is text, no safetensors file");
        }
    }

    [Theory]
    [InlineData("a header of 1152921504606846976 bytes", "", 1L << 60)]
    [InlineData("a header of 500 bytes, but only 2 follow", "{}", 500L)]
    [InlineData("inside the one before it", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""")]
    [InlineData("expected whole numbers", """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,16]}}""")]
    [InlineData("takes 4000000000000 bytes", """{"a":{"dtype":"F32","shape":[1000000,1000000],"data_offsets":[0,16]}}""")]
    [InlineData("ends at byte 4000 of the data, which have 16", """{"a":{"dtype":"F32","shape":[1000],"data_offsets":[0,4000]}}""")]
    [InlineData("the header is not JSON", """{"a":""")]
    public void A_safetensors_file_that_lies_is_told(string message, string header, long? length = null)
    {
        // given
        using var work = new Workplace();
        work.Write("m.safetensors", FileOf(header, length));

        // then
        work.Run("inspect", "m.safetensors").Failed(1, message);
        work.Run("evaluate", "m.safetensors", "xor").Failed(1, message);
    }

    [Theory]
    [InlineData(
        "\"model\":\"mlp:64,32\"", "\"model\":\"mlp:1000000,1000000\"",
        "its record describes a network of 1000006000002 parameters, but the file holds 2338 numbers")]
    [InlineData("\"model\":\"mlp:64,32\"", "\"model\":7", "the model's record cannot be read")]
    [InlineData("\"input_shape\":[2]", "\"input_shape\":[-2]", "the model's input shape has a size of -2")]
    [InlineData("\"outputs\":2", "\"outputs\":1000000000", "the model's number of outputs is 1000000000")]
    [InlineData("\"data\":\"xor\"", "\"data\":\"xor\",\"table\":DEEP", "the model's record cannot be read")]
    [InlineData("\"seed\":0", "\"seed\":0,\"valid\":5", "the model's split leaves nothing to train on")]
    [InlineData("\"A\",\"B\"", "\"A\",null", "a class of the model has no name")]
    public void A_record_that_was_made_to_do_harm_is_told(string replace, string by, string message)
    {
        // given
        using var work = new Workplace();
        var (tensors, metadata) = SafeTensorsFile.Read(models.Xor);
        Assert.Contains(replace, metadata["gradus"]);
        var record = metadata["gradus"].Replace(replace, by.Replace("DEEP", new string('[', 50_000), StringComparison.Ordinal), StringComparison.Ordinal);
        SafeTensorsFile.Write(work["m.safetensors"], tensors, new Dictionary<string, string> { ["gradus"] = record });

        // then
        work.Run("evaluate", "m.safetensors", "xor").Failed(1, "m.safetensors: " + message);
    }

    [Fact]
    public void Names_in_a_file_do_not_reach_the_terminal_as_commands()
    {
        // given
        using var work = new Workplace();
        SafeTensorsFile.Write(
            work["m.safetensors"], new Dictionary<string, Tensor> { ["\e[31mred"] = Tensor.Zeros([2]) },
            new Dictionary<string, string> { ["note"] = "\e]0;title\a" });

        // when
        var result = work.Run("inspect", "m.safetensors").Done();

        // then
        Assert.Contains("·[31mred", result.Output);
        Assert.DoesNotContain('\e', result.Output);
    }

    [Fact]
    public void A_loss_that_is_not_finite_names_epoch_batch_and_operator_and_keeps_the_step()
    {
        // given
        using var work = new Workplace();

        // when
        var fresh = work.Run("train", "xor", "--optimizer", "sgd", "--lr", "1e30");
        var named = work.Run("train", "xor", "--optimizer", "sgd", "--lr", "1e30", "--out", "a/b");

        // then
        fresh.Failed(1, "The first operator that was not finite: ");
        Assert.Matches(@"^gradus: epoch 1, batch \d+: the loss is (NaN|-?Infinity)\. .*linear", named.Error);
        Assert.Equal(
            ["a", "a/b", "a/b/environment.json", "a/b/events.jsonl", "a/b/replay.safetensors", "a/b/report.html", "a/b/run.json"],
            work.Names.TakeWhile(static name => name != "runs"));
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_left_as_it_is_unless_it_may_be_replaced()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--steps", "2", "--out", "o").Done();
        var (names, hash, events) = (work.Names, work.Hash("o/model.safetensors"), work.Hash("o/events.jsonl"));

        // when
        work.Run("train", "xor", "--steps", "1", "--out", "o")
            .Failed(1, "o: there is a run in it already (model.safetensors). Name another folder with --out, or add --overwrite.");
        work.Run("train", "csv:none.csv", "--out", "o", "--overwrite").Failed(1, "none.csv");

        // then
        Assert.Equal(names, work.Names);
        Assert.Equal((hash, events), (work.Hash("o/model.safetensors"), work.Hash("o/events.jsonl")));
    }

    [Fact]
    public void A_pipe_where_a_file_is_expected_is_told()
    {
        // given
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/stdin is a file on Linux.");
        using var work = new Workplace();

        // then: the tests close the tool's standard input, which is a pipe
        work.Run("train", "csv:/dev/stdin").Failed(1, "/dev/stdin: got a pipe, expected a file");
        work.Run("inspect", "/dev/stdin").Failed(1, "/dev/stdin: got a pipe, expected a file");
    }

    [Fact]
    public void An_out_folder_that_cannot_be_written_to_is_told()
    {
        // given
        using var work = new Workplace();
        work.Write("file", "content");
        string[] train = ["train", "xor", "--steps", "1", "--out"];

        // then
        work.Run([.. train, "file"]).Failed(1, "file: cannot be written to:");
        work.Run([.. train, "file/below"]).Failed(1, "file/below: cannot be written to:");
        if (OperatingSystem.IsLinux()) work.Run([.. train, "/proc/gradus"]).Failed(1, "/proc/gradus: cannot be written to:");
        Assert.Equal("content", File.ReadAllText(work["file"]));
        Assert.Equal(["file"], work.Names);
    }

    private static byte[] FileOf(string header, long? length)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + (length is null ? 16 : 0)];
        BinaryPrimitives.WriteInt64LittleEndian(file, length ?? text.Length);
        text.CopyTo(file, 8);
        return file;
    }

    // Zeros: black pictures of the digit 0.
    private static byte[] Idx(int[] sizes)
    {
        var header = 4 + 4 * sizes.Length;
        var file = new byte[header + (sizes[0] > 1000 ? 0 : sizes.Aggregate(1, static (product, size) => product * size))];
        (file[2], file[3]) = (8, (byte)sizes.Length);
        for (var axis = 0; axis < sizes.Length; axis++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * axis), sizes[axis]);
        for (var at = header; at < file.Length; at++) file[at] = (byte)(at % 10);
        return file;
    }

    private static byte[] Zip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var zip = new GZipStream(result, CompressionLevel.Fastest)) zip.Write(content);
        return result.ToArray();
    }
}

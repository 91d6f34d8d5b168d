using Gradus.Testing;

namespace Gradus.Formats.Tests.TensorBoard;

/// <summary>Files that TensorBoard shows.</summary>
public sealed class TensorBoardWriterTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 500, TimeSpan.Zero);

    // The smallest picture that there is: a black point.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");

    [Fact]
    public void A_file_begins_with_its_version_and_its_name_tells_the_second_alone()
    {
        // given
        using var folder = new TemporaryFolder();

        // when
        using (var first = TensorBoardWriter.Create(folder["a"], Time)) first.Scalar("loss", 3, 0.5, Time.AddSeconds(1));
        using (var second = TensorBoardWriter.Create(folder["a"], Time)) Assert.EndsWith(".001", second.Path);

        // then
        string[] names = [.. TensorBoardWriter.FilesIn(folder["a"]).Select(static path => Path.GetFileName(path))];
        Assert.Equal(["events.out.tfevents.1767323045.gradus.000", "events.out.tfevents.1767323045.gradus.001"], names);
        var events = BoardEvents.Read(folder["a/" + names[0]]);
        Assert.Equal(("brain.Event:2", 1767323045.5), (events[0].Text(3), events[0].Real(1)));
        Assert.Equal((1767323046.5, 3), (events[1].Real(1), events[1].Whole(2)));
        Assert.Equal(0.5f, events[1].Message(5).Message(1).Real32(2));
    }

    [Fact]
    public void A_histogram_counts_every_finite_number_once()
    {
        // given
        var values = Tensor.Of(-1f, 0, 0.25f, 1, 1, float.NaN, float.PositiveInfinity).Reshape(7, 1);

        // when
        var histogram = Written(file => file.Histogram("w", 1, values, Time)).Message(5);

        // then
        Assert.Equal((-1, 1, 5, 1.25), (histogram.Real(1), histogram.Real(2), histogram.Real(3), histogram.Real(4)));
        Assert.Equal(3.0625, histogram.Real(5));
        var (limits, counts) = (histogram.Reals(6), histogram.Reals(7));
        Assert.Equal((30, 30, 1), (limits.Length, counts.Length, limits[^1]));
        Assert.Equal(limits.Order(), limits);
        Assert.Equal(5, counts.Sum());
        Assert.Equal((1, 2), (counts[0], counts[^1]));
        // Equal numbers have one bucket, and none that is finite no histogram.
        Assert.Equal([2.0], Written(file => file.Histogram("w", 1, Tensor.Of(3f, 3), Time)).Message(5).Reals(7));
        Assert.Null(WrittenOrNull(file => file.Histogram("w", 1, Tensor.Of(float.NaN), Time)));
    }

    [Fact]
    public void A_picture_is_written_with_its_size()
    {
        // when
        var picture = Written(static file => file.Image("p", 0, Png, Time)).Message(4);

        // then
        Assert.Equal((1, 1, 1), (picture.Whole(1), picture.Whole(2), picture.Whole(3)));
        Assert.Equal(Png, picture.Bytes(4));
        Assert.Throws<InvalidDataException>(() => Written(static file => file.Image("p", 0, Png.AsMemory(0, 20), Time)));
        Assert.Throws<InvalidDataException>(() => Written(static file => file.Image("p", 0, new byte[100], Time)));
    }

    [Fact]
    public void A_text_is_a_tensor_of_one_string_for_the_plugin_of_texts()
    {
        // when
        var text = Written(static file => file.Text("recipe", 0, "lr: 0.1", Time));

        // then
        var tensor = text.Message(8);
        Assert.Equal((7, "lr: 0.1", 1), (tensor.Whole(1), tensor.Text(8), tensor.Message(2).Message(2).Whole(1)));
        Assert.Equal("text", text.Message(9).Message(1).Text(1));
    }

    [Fact]
    public void Options_are_hyper_parameters_with_their_types()
    {
        // when
        var start = Written(static file => file.Options([new("lr", "0.1"), new("model", "mlp:8"), new("audit", "true")], Time));
        var end = Written(static file => file.End(7, succeeded: true, Time));

        // then
        Assert.Equal("_hparams_/session_start_info", start.Text(1));
        var data = start.Message(9).Message(1);
        Assert.Equal("hparams", data.Text(1));
        var options = data.Message(2).Message(3).Messages(1).ToDictionary(static entry => entry.Text(1), static entry => entry.Message(2));
        Assert.Equal((0.1, "mlp:8", 1), (options["lr"].Real(2), options["model"].Text(3), options["audit"].Whole(4)));
        Assert.Equal(1767323045.5, data.Message(2).Message(3).Real(5));
        Assert.Equal(1, end.Message(9).Message(1).Message(2).Message(4).Whole(1));
    }

    [Fact]
    public void A_graph_has_names_inputs_and_shapes()
    {
        // given
        TensorBoardNode[] nodes =
        [
            new("input", "Input", []) { Output = [1, 2] },
            new("body/0", "Linear", ["input"]) { Shapes = [new("weight", [3, 2])], Description = "Linear(2 → 3)" },
        ];

        // when
        using var folder = new TemporaryFolder();
        using (var file = TensorBoardWriter.Create(folder["g"], Time)) file.Graph(nodes, Time);

        // then
        var graph = BoardEvents.Read(TensorBoardWriter.FilesIn(folder["g"])[0])[1].Message(4);
        Assert.Equal(["input", "body/0"], graph.Messages(1).Select(static node => node.Text(1)));
        var linear = graph.Messages(1)[1];
        Assert.Equal(("Linear", "input"), (linear.Text(2), linear.Text(3)));
        var attributes = linear.Messages(5).ToDictionary(static entry => entry.Text(1), static entry => entry.Message(2));
        Assert.Equal([3, 2], attributes["weight"].Message(7).Messages(2).Select(static size => size.Whole(1)));
        Assert.Equal("Linear(2 → 3)", attributes["description"].Text(2));
        var output = graph.Messages(1)[0].Message(5).Message(2).Message(1).Message(7);
        Assert.Equal([1, 2], output.Messages(2).Select(static size => size.Whole(1)));
    }

    [Fact]
    public void Records_are_read_up_to_the_first_that_is_cut_or_damaged_and_any_bytes_are_no_crash()
    {
        // given
        using var folder = new TemporaryFolder();
        using (var file = TensorBoardWriter.Create(folder["a"], Time))
        {
            for (var step = 1; step <= 20; step++) file.Scalar("loss", step, step, Time);
        }

        var bytes = File.ReadAllBytes(TensorBoardWriter.FilesIn(folder["a"])[0]);
        var whole = Records(bytes);
        Assert.Equal(Enumerable.Range(0, 21).Select(static step => (long)step), whole.Select(static record => record.Step));
        Assert.Equal("loss", whole[^1].Tag);

        // when, then: each cut and each changed byte
        for (var at = 0; at < bytes.Length; at++)
        {
            var before = whole.Count(record => record.Begin <= at) - 1;
            Assert.Equal(before, Records(bytes[..at]).Count);
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x41;
            Assert.Equal(before, Records(damaged).Count);
        }
    }

    private static List<EventRecord> Records(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        List<EventRecord> records = [.. EventRecord.Read(stream)];
        Assert.InRange(stream.Position, 0, bytes.Length);
        return records;
    }

    private static ProtoMessage Written(Action<TensorBoardWriter> write) => WrittenOrNull(write)!;

    /// <summary>The value that is written last.</summary>
    private static ProtoMessage? WrittenOrNull(Action<TensorBoardWriter> write)
    {
        using var folder = new TemporaryFolder();
        using (var file = TensorBoardWriter.Create(folder["a"], Time)) write(file);
        return BoardEvents.Values(TensorBoardWriter.FilesIn(folder["a"])[0]).LastOrDefault().Value;
    }
}

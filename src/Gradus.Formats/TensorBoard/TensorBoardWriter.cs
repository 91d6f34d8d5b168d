using System.Globalization;

namespace Gradus.Formats;

/// <summary>
/// A file of events that TensorBoard shows: scalars, histograms, pictures, texts, the options of a run and a graph. Its name and contents hold nothing of
/// the machine or the user, and the times are those that the caller gives: equal calls write equal bytes.
/// </summary>
/// <remarks>The format is that of TensorFlow's event files. TensorBoard reads every file in a folder and its folders as one run.</remarks>
public sealed class TensorBoardWriter : IDisposable
{
    private const string NamePrefix = "events.out.tfevents.";

    // What others put the name of the machine into.
    private const string NameWord = "gradus";

    private const int StringType = 7, FloatType = 1, TensorClass = 2;

    private readonly Stream _stream;
    private readonly WireWriter _event = new();

    private TensorBoardWriter(Stream stream, string path, DateTimeOffset time)
    {
        (_stream, Path) = (stream, path);
        Write(0, time, static record => record.Text(EventFields.FileVersion, "brain.Event:2"));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Begins a file in a folder. Where one of the same second is there already, the new one is numbered to come behind it.</summary>
    /// <param name="directory">The folder; it is made if it is not there.</param>
    /// <param name="time">The time, which is in the file's name too.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static TensorBoardWriter Create(string directory, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(directory);
        Directory.CreateDirectory(directory);
        for (var number = 0; ; number++)
        {
            var path = PathOf(directory, time, number);
            if (!File.Exists(path)) return new TensorBoardWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), path, time);
        }
    }

    /// <summary>The files of events in a folder, in the order in which TensorBoard reads them.</summary>
    public static IReadOnlyList<string> FilesIn(string directory) =>
        Directory.Exists(directory) ? [.. Directory.GetFiles(directory, NamePrefix + "*").Order(StringComparer.Ordinal)] : [];

    /// <summary>Writes a number.</summary>
    /// <param name="tag">Its name; names that are alike up to a slash stand in one group.</param>
    /// <param name="step">The step that it belongs to.</param>
    /// <param name="value">The number, which is kept as float32.</param>
    /// <param name="time">The time.</param>
    public void Scalar(string tag, long step, double value, DateTimeOffset time) => Scalars(step, time, (tag, value));

    /// <summary>Writes some numbers of one step.</summary>
    /// <inheritdoc cref="Scalar"/>
    /// <param name="step">The step.</param>
    /// <param name="time">The time.</param>
    /// <param name="values">Each with its name.</param>
    public void Scalars(long step, DateTimeOffset time, params IEnumerable<(string Tag, double Value)> values) => Write(step, time, record =>
        record.Message(EventFields.Summary, summary =>
        {
            foreach (var (tag, number) in values)
            {
                summary.Message(EventFields.Value, value =>
                {
                    value.Text(EventFields.Tag, tag);
                    value.Real32(EventFields.SimpleValue, (float)number);
                });
            }
        }));

    /// <summary>Writes how many of a tensor's numbers lie where; those that are not finite are left out. Nothing is written where none is.</summary>
    /// <param name="tag">Its name.</param>
    /// <param name="step">The step.</param>
    /// <param name="values">The tensor, of any shape.</param>
    /// <param name="time">The time.</param>
    public void Histogram(string tag, long step, Tensor values, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var noGrad = new NoGrad();
        var dense = values.To(DType.Float32).Contiguous();
        var histogram = ValueHistogram.Of(dense.Writable<float>());
        GC.KeepAlive(dense);
        if (histogram is null) return;
        Value(tag, step, time, value => value.Message(EventFields.Histogram, histogram.Write));
    }

    /// <summary>Writes a picture.</summary>
    /// <param name="tag">Its name.</param>
    /// <param name="step">The step.</param>
    /// <param name="png">The bytes of a PNG file.</param>
    /// <param name="time">The time.</param>
    /// <exception cref="InvalidDataException">The bytes are no PNG file.</exception>
    public void Image(string tag, long step, ReadOnlyMemory<byte> png, DateTimeOffset time)
    {
        var header = PngHeader.Read(png.Span);
        Value(tag, step, time, value => value.Message(EventFields.Image, image =>
        {
            image.Whole(1, header.Height);
            image.Whole(2, header.Width);
            image.Whole(3, header.Channels);
            image.Bytes(4, png.Span);
        }));
    }

    /// <summary>Writes a text, which TensorBoard takes for Markdown.</summary>
    /// <param name="tag">Its name.</param>
    /// <param name="step">The step.</param>
    /// <param name="text">The text.</param>
    /// <param name="time">The time.</param>
    public void Text(string tag, long step, string text, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(text);
        Value(tag, step, time, value =>
        {
            value.Message(EventFields.Tensor, tensor =>
            {
                tensor.Whole(1, StringType);
                tensor.Message(2, static shape => TensorBoardNode.WriteShape(shape, [1]));
                tensor.Text(8, text);
            });
            WriteMetadata(value, "text", static _ => { });
        });
    }

    /// <summary>Writes the options of a run, by which TensorBoard's table of hyper-parameters sorts and filters.</summary>
    /// <param name="options">Each with its value; what reads as a number or as true or false is written as such.</param>
    /// <param name="time">When the run began.</param>
    public void Options(IEnumerable<KeyValuePair<string, string>> options, DateTimeOffset time) => HyperParameters("session_start_info", 0, time, data =>
        data.Message(3, session =>
        {
            foreach (var (name, option) in options)
            {
                session.Message(1, entry =>
                {
                    entry.Text(1, name);
                    entry.Message(2, value => WriteOption(value, option));
                });
            }

            session.Real(5, Seconds(time));
        }));

    /// <summary>Writes that the run is over.</summary>
    /// <param name="step">Its last step.</param>
    /// <param name="succeeded">Whether it came to its end.</param>
    /// <param name="time">When it ended.</param>
    public void End(long step, bool succeeded, DateTimeOffset time) => HyperParameters("session_end_info", step, time, data => data.Message(4, session =>
    {
        session.Whole(1, succeeded ? 1 : 2);
        session.Real(2, Seconds(time));
    }));

    /// <summary>Writes a graph.</summary>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="time">The time.</param>
    public void Graph(IEnumerable<TensorBoardNode> nodes, DateTimeOffset time) => Write(0, time, record => record.Message(EventFields.Graph, graph =>
    {
        foreach (var node in nodes) graph.Message(1, node.Write);
        graph.Message(4, static versions => versions.Whole(1, 22));
    }));

    /// <summary>Hands what is written to the system, so that TensorBoard sees it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush() => _stream.Flush();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    /// <summary>A writer into a stream, of a file that is put into its place when it is whole.</summary>
    internal static TensorBoardWriter To(Stream stream, string path, DateTimeOffset time) => new(stream, path, time);

    /// <summary>The path of a file that begins at a time, of as many as begin in that second.</summary>
    internal static string PathOf(string directory, DateTimeOffset time, int number) => System.IO.Path.Combine(
        directory, string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{time.ToUnixTimeSeconds():0000000000}.{NameWord}.{number:000}"));

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static void WriteOption(WireWriter value, string option)
    {
        if (option is "true" or "false") value.Whole(4, option == "true" ? 1 : 0);
        else if (double.TryParse(option, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) value.Real(2, number);
        else value.Text(3, option);
    }

    private void HyperParameters(string tag, long step, DateTimeOffset time, Action<WireWriter> write) => Value($"_hparams_/{tag}", step, time, value =>
    {
        // A tensor without meaning: TensorBoard keeps no value without one.
        value.Message(EventFields.Tensor, static tensor =>
        {
            tensor.Whole(1, FloatType);
            tensor.Message(2, static shape => TensorBoardNode.WriteShape(shape, [1]));
            tensor.Real32(5, 0);
        });
        WriteMetadata(value, "hparams", write);
    });

    private static void WriteMetadata(WireWriter value, string plugin, Action<WireWriter> content) => value.Message(EventFields.Metadata, metadata =>
    {
        metadata.Message(1, data =>
        {
            data.Text(1, plugin);
            data.Message(2, content);
        });
        metadata.Whole(4, TensorClass);
    });

    private void Value(string tag, long step, DateTimeOffset time, Action<WireWriter> write)
    {
        ArgumentNullException.ThrowIfNull(tag);
        Write(step, time, record => record.Message(EventFields.Summary, summary => summary.Message(EventFields.Value, value =>
        {
            value.Text(EventFields.Tag, tag);
            write(value);
        })));
    }

    private void Write(long step, DateTimeOffset time, Action<WireWriter> write)
    {
        _event.Clear();
        _event.Real(EventFields.WallTime, Seconds(time));
        if (step != 0) _event.Whole(EventFields.Step, step);
        write(_event);
        EventRecord.Write(_stream, _event.Written);
    }
}

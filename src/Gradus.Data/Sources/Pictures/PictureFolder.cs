namespace Gradus.Data;

/// <summary>
/// Pictures in a folder: a folder a class, whose names in ordinal order are the classes; or a CSV of files and labels beside them; or pictures without
/// labels. They are decoded when they are read, so that there may be more than the memory holds.
/// </summary>
/// <remarks>
/// PNG, JPEG, BMP and GIF, by their content. Transparency is left out, and so is the orientation that a camera notes. A sample depends on its file and
/// the options alone. Safe to read from several threads.
/// </remarks>
public sealed class PictureFolder : ISampleSource<PictureSample>
{
    // As inputs of bytes are read, so that the numbers are the same from memory.
    private static readonly float[] NumberOf = [.. Enumerable.Range(0, 256).Select(static pixel => (float)(pixel / 255.0))];

    private readonly PictureEntry[] _entries;
    private readonly PictureOptions _options;
    private readonly byte[]?[]? _cache;

    private PictureFolder(string directory, PictureEntry[] entries, IReadOnlyList<string>? classNames, PictureOptions options)
    {
        (Directory, ClassNames, _options) = (directory, classNames, options);
        (_entries, var pictures, Report) = options.SkipUnreadable
            ? KeepReadable(entries, options)
            : (entries, new byte[]?[entries.Length], new PictureReport(entries.Length, []));
        Files = Array.ConvertAll(_entries, static entry => entry.Name);
        if (options.Cache) _cache = pictures;
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>Number of pictures.</summary>
    public int Count => _entries.Length;

    /// <summary>The shape of a sample: [channels, height, width].</summary>
    public IReadOnlyList<int> InputShape => [_options.Channels, _options.Size.Height, _options.Size.Width];

    /// <summary>The classes, in the order of the labels; null where the pictures have none.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>What was left out.</summary>
    public PictureReport Report { get; }

    /// <summary>The file of each picture, as its path from the folder.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Opens a folder. No picture is decoded yet, unless unreadable ones are to be skipped.</summary>
    /// <param name="directory">The folder, or a single picture, which then has no label.</param>
    /// <param name="options">The options. Default: null, those of <see cref="PictureOptions"/>.</param>
    /// <exception cref="IOException">There is no such folder, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">There is no picture, or the labels do not fit. The message names the file.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static PictureFolder Open(string directory, PictureOptions? options = null) => Open(directory, options, isLabeled: true);

    /// <summary>
    /// Opens all pictures of a folder and the folders in it, whatever their classes, in the ordinal order of their paths; or a single picture.
    /// </summary>
    /// <inheritdoc cref="Open(string, PictureOptions?)"/>
    public static PictureFolder OpenUnlabeled(string directory, PictureOptions? options = null) => Open(directory, options, isLabeled: false);

    /// <summary>
    /// Loads a folder and splits it: by the folders <c>train</c>, <c>valid</c> and <c>test</c> where it has them, else at random by
    /// <see cref="Split.ByFraction"/>. What is missing of the three is taken from the training pictures.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">The options. Default: null, those of <see cref="PictureOptions"/>.</param>
    /// <inheritdoc cref="Open(string, PictureOptions?)"/>
    public static (DataSplit Split, PictureReport Report) Load(string directory, PictureOptions? options = null)
    {
        options ??= new PictureOptions();
        options.Check();
        // What is decoded to see whether it can be read is kept, and not decoded again.
        options = options with { Cache = options.Cache || options.SkipUnreadable };
        if (PictureParts.Find(directory) is not { } parts)
        {
            var all = Open(directory, options);
            return (Parts(all, options.ValidationShare, options.TestShare, options), all.Report);
        }

        var train = Open(parts.Train, options);
        var others = options with { ClassNames = train.ClassNames };
        var valid = parts.Valid is { } validFolder ? Open(validFolder, others) : null;
        var test = parts.Test is { } testFolder ? Open(testFolder, others) : null;
        var split = Parts(train, valid is null ? options.ValidationShare : 0, test is null ? options.TestShare : 0, options);
        var reports = new[] { train, valid, test }.OfType<PictureFolder>().Select(static folder => folder.Report).ToArray();
        return (new DataSplit(split.Train, valid?.ToDataset() ?? split.Validation, test?.ToDataset() ?? split.Test),
            new PictureReport(reports.Sum(static report => report.Read), [.. reports.SelectMany(static report => report.Skipped)]));
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="row">The number of the picture.</param>
    /// <param name="epoch">Not used: a picture is the same in each epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged. The message names it.</exception>
    public PictureSample Read(int row, int epoch = 0)
    {
        var bytes = ReadBytes(Inputs.CheckRow(row, Count));
        return new PictureSample(Array.ConvertAll(bytes, static pixel => NumberOf[pixel]), _entries[row].Label);
    }

    /// <summary>Batches of pictures with their labels: inputs f32 [rows, channels, height, width], labels i32 [rows].</summary>
    /// <remarks>A picture that cannot be read is a <see cref="BatchReadException"/> with its number.</remarks>
    public IBatchSource<Labeled> ToBatches() => new PictureBatches(this);

    /// <summary>Decodes all pictures into memory, a byte a pixel and channel, on <see cref="Compute.Threads"/> threads.</summary>
    /// <exception cref="GradusException">They are more bytes than an array holds.</exception>
    /// <inheritdoc cref="Read"/>
    public Dataset ToDataset()
    {
        var size = InputShape.Aggregate(1, static (product, length) => product * length);
        var pixels = new byte[RowArray.Length(Count, size)];
        var isDecoded = _options is { SkipUnreadable: true, Cache: true };
        PictureDecoding.ForEach(Count, row => ReadBytes(row).CopyTo(pixels, row * size), isDecoded ? null : _options.Progress);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Directory)));
        var inputs = Inputs.Of(pixels, size);
        return ClassNames is null
            ? Dataset.OfInputs(name, InputShape, inputs)
            : Dataset.OfClasses(name, InputShape, inputs, Array.ConvertAll(_entries, static entry => entry.Label), ClassNames);
    }

    /// <summary>A summary: <c>flowers: 1000 pictures [3, 32, 32], 5 classes</c>.</summary>
    public override string ToString() =>
        $"{Directory}: {Count} pictures [{string.Join(", ", InputShape)}]{(ClassNames is null ? "" : $", {ClassNames.Count} classes")}";

    private static PictureFolder Open(string directory, PictureOptions? options, bool isLabeled)
    {
        ArgumentNullException.ThrowIfNull(directory);
        options ??= new PictureOptions();
        options.Check();
        var (entries, classNames) = PictureListing.Of(directory, options, isLabeled);
        return new PictureFolder(directory, entries, classNames, options);
    }

    private static DataSplit Parts(PictureFolder folder, double valid, double test, PictureOptions options)
    {
        var all = folder.ToDataset();
        try
        {
            var split = Split.ByFraction(all.Count, valid, test, options.Seed);
            return new DataSplit(all.Select(split.Train), all.Select(split.Validation), all.Select(split.Test));
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // The shares are right by themselves: there are too few pictures.
            throw new InvalidDataException($"{folder.Directory}: {all.Count} pictures are too few to be split into training, validation and test.", exception);
        }
    }

    private static (PictureEntry[] Entries, byte[]?[] Pictures, PictureReport Report) KeepReadable(PictureEntry[] entries, PictureOptions options)
    {
        var read = new byte[]?[entries.Length];
        var faults = new string?[entries.Length];
        PictureDecoding.ForEach(entries.Length, row =>
        {
            try
            {
                var picture = PictureFile.Read(entries[row].Path, options);
                if (options.Cache) read[row] = picture;
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                faults[row] = exception.Message;
            }
        }, options.Progress);
        int[] kept = [.. Enumerable.Range(0, entries.Length).Where(row => faults[row] is null)];
        return (Array.ConvertAll(kept, row => entries[row]), Array.ConvertAll(kept, row => read[row]),
            new PictureReport(kept.Length, [.. faults.OfType<string>()]));
    }

    private byte[] ReadBytes(int row)
    {
        if (_cache?[row] is { } cached) return cached;
        var bytes = PictureFile.Read(_entries[row].Path, _options);
        // Two threads may both decode it: they get the same.
        if (_cache is not null) _cache[row] = bytes;
        return bytes;
    }

    private sealed class PictureBatches(PictureFolder folder) : IBatchSource<Labeled>
    {
        public int Count => folder.Count;

        public Labeled Read(ReadOnlySpan<int> rows, int epoch)
        {
            var size = folder.InputShape.Aggregate(1, static (product, length) => product * length);
            RowArray.Length(rows.Length, size);
            var input = Tensor.Allocate(new Meta(Shape.Create([rows.Length, .. folder.InputShape]), DType.Float32));
            input.Own(TensorScope.Current);
            var pixels = input.Writable<float>();
            var labels = new int[rows.Length];
            for (var index = 0; index < rows.Length; index++)
            {
                PixelNumbers.Copy(ReadBytes(rows[index], epoch), NumberOf, pixels.Slice(index * size, size));
                labels[index] = folder._entries[rows[index]].Label;
            }

            return new Labeled(input, folder.ClassNames is null ? input : Tensor.From(labels, [rows.Length]));
        }

        private byte[] ReadBytes(int row, int epoch)
        {
            Inputs.CheckRow(row, Count);
            try
            {
                return folder.ReadBytes(row);
            }
            catch (Exception error)
            {
                throw new BatchReadException(epoch, batch: null, row, error);
            }
        }
    }
}

namespace Gradus.Data;

/// <summary>CIFAR-10 and CIFAR-100 from a folder of binary files.</summary>
/// <remarks>
/// A file is one record after another: the label, of CIFAR-100 the label of the group before it, and the 1,024 red, green and blue pixels of a picture of
/// 32 × 32. A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009).
/// </remarks>
public static class Cifar
{
    private const int Side = 32;
    private const int Channels = 3;
    private const int Pixels = Channels * Side * Side;
    private const int FirstStep = 1 << 20;

    private static readonly string[] Ten = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private static readonly string[] Hundred =
    [
        "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle", "bowl", "boy", "bridge", "bus", "butterfly", "camel",
        "can", "castle", "caterpillar", "cattle", "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur",
        "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard", "lamp", "lawn_mower", "leopard", "lion",
        "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain", "mouse", "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear",
        "pickup_truck", "pine_tree", "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket", "rose", "sea", "seal",
        "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank",
        "telephone", "television", "tiger", "tractor", "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman", "worm",
    ];

    /// <summary>
    /// Loads data_batch_1.bin to data_batch_5.bin and test_batch.bin of CIFAR-10, or train.bin and test.bin of CIFAR-100, each plain or with ".gz".
    /// </summary>
    /// <param name="directory">The folder that holds the files.</param>
    /// <param name="options">The options. Default: null, those of <see cref="CifarOptions"/>.</param>
    /// <returns>
    /// Pictures of shape [3, 32, 32] with pixels from 0 to 1. The validation set is taken from the training files; the test file is the test set.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or there are too few training pictures for the validation share.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The validation share is out of range.</exception>
    public static DataSplit Load(string directory, CifarOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        options ??= new CifarOptions();
        Split.CheckFractions(options.ValidationShare ?? 0, 0);
        var isTen = options.Variant == CifarVariant.Ten;
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException(
                $"{directory}: no such folder. Expected one with " +
                $"{(isTen ? "data_batch_1.bin and the five other files" : "train.bin and test.bin")} of the set.");
        }

        string[] parts = isTen ? [.. Enumerable.Range(1, 5).Select(static number => $"data_batch_{number}.bin")] : ["train.bin"];
        var test = Read(directory, [isTen ? "test_batch.bin" : "test.bin"], options.Variant);
        var all = Read(directory, parts, options.Variant);
        var validation = options.ValidationShare is { } share ? (int)Math.Round(share * all.Count) : Math.Min(all.Count / 10, 5000);
        if (validation >= all.Count)
        {
            throw new InvalidDataException($"{directory}: {all.Count} training pictures are too few: {validation} held out for validation leave none.");
        }

        var split = Split.ByCount(all.Count, validation, test: 0, options.Seed);
        return new DataSplit(all.Select(split.Train), all.Select(split.Validation), test);
    }

    private static Dataset Read(string directory, string[] names, CifarVariant variant)
    {
        var (name, classes) = variant == CifarVariant.Ten ? ("cifar10", Ten) : ("cifar100", Hundred);
        var files = Array.ConvertAll(names, file => Find(directory, file));
        var contents = Array.ConvertAll(files, ReadAll);
        // The label is the last number before the pixels.
        var before = variant == CifarVariant.Ten ? 1 : 2;
        var counts = contents.Select((content, index) => CountOf(files[index], content, before + Pixels)).ToArray();
        var pixels = new byte[RowArray.Length(counts.Sum(), Pixels)];
        var labels = new int[counts.Sum()];
        var row = 0;
        for (var file = 0; file < files.Length; file++)
        {
            for (var record = 0; record < counts[file]; record++, row++)
            {
                var start = record * (before + Pixels);
                labels[row] = contents[file][start + before - 1];
                if (labels[row] >= classes.Length)
                {
                    throw new InvalidDataException(
                        $"{files[file]}: label {record} (at byte {start + before - 1}) is {labels[row]}, expected 0 to {classes.Length - 1}.");
                }

                contents[file].AsSpan(start + before, Pixels).CopyTo(pixels.AsSpan(row * Pixels));
            }
        }

        return Dataset.OfClasses(name, [Channels, Side, Side], Inputs.Of(pixels, Pixels), labels, classes);
    }

    private static int CountOf(string path, byte[] content, int record) => content.Length > 0 && content.Length % record == 0
        ? content.Length / record
        : throw new InvalidDataException(
            $"{path}: got {content.Length} bytes, expected a multiple of {record}, which a picture takes: truncated, or another set?");

    private static byte[] ReadAll(string path)
    {
        using var stream = SourceFile.Open(path, out var limit);
        try
        {
            var content = new byte[Math.Min(limit, FirstStep)];
            var filled = 0;
            while (stream.ReadAtLeast(content.AsSpan(filled), content.Length - filled, throwOnEndOfStream: false) is > 0 and var read)
            {
                filled += read;
                if (filled == content.Length) Array.Resize(ref content, (int)Math.Min(Array.MaxLength, Math.Max(1, content.Length * 2L)));
            }

            return content[..filled];
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    private static string Find(string directory, string name)
    {
        foreach (var file in new[] { name, name + ".gz" })
        {
            var path = Path.Combine(directory, file);
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException($"{directory}: no file {name} or {name}.gz.", name);
    }
}

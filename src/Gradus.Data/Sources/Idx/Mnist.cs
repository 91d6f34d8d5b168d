namespace Gradus.Data;

/// <summary>The datasets that have MNIST's file names and sizes.</summary>
public enum MnistVariant
{
    /// <summary>Handwritten digits, classes "0" to "9".</summary>
    Digits,

    /// <summary>Fashion-MNIST: clothes, from "T-shirt/top" to "Ankle boot".</summary>
    Fashion,
}

/// <summary>The options of <see cref="Mnist.Load"/>.</summary>
public sealed record MnistOptions
{
    /// <summary>The dataset, from which the names of the ten classes follow. Default: digits.</summary>
    public MnistVariant Variant { get; init; } = MnistVariant.Digits;

    /// <summary>Number of training pictures for validation. Default: null; see <see cref="ValidationShare"/>.</summary>
    public int? ValidationCount { get; init; }

    /// <summary>
    /// The fraction of the training pictures for validation, from 0 to below 1. <see cref="ValidationCount"/> takes precedence. Default: null, which
    /// means 0.1, at most 5,000 pictures.
    /// </summary>
    public double? ValidationShare { get; init; }

    /// <summary>The seed that selects the pictures for validation. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(MnistOptions), PrintMembers);
}

/// <summary>MNIST and Fashion-MNIST from a folder of IDX files.</summary>
public static class Mnist
{
    private const int Side = 28;
    private const int Classes = 10;

    private static readonly string[] DigitNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private static readonly string[] FashionNames =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>
    /// Loads the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each plain or with ".gz".
    /// </summary>
    /// <param name="directory">The folder that holds the four files.</param>
    /// <param name="options">The options. Default: null, those of <see cref="MnistOptions"/>.</param>
    /// <returns>
    /// Pictures of shape [1, 28, 28] with pixels from 0 to 1. The validation set is taken from the training files; the test files are the test set.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, the files do not fit each other, or there are too few training pictures for the validation share.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="MnistOptions.ValidationCount"/> is below 0, or leaves no picture for training.
    /// </exception>
    public static DataSplit Load(string directory, MnistOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        options ??= new MnistOptions();
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException(
                $"{directory}: no such folder. Expected one with train-images-idx3-ubyte.gz and the three other files of the set.");
        }

        var test = LoadPair(directory, "t10k", options.Variant);
        var all = LoadPair(directory, "train", options.Variant);
        var validation = options.ValidationCount
            ?? (options.ValidationShare is { } share ? (int)Math.Round(share * all.Count) : Math.Min(all.Count / 10, 5000));
        if (validation >= all.Count && options.ValidationCount is null)
        {
            throw new InvalidDataException($"{directory}: {all.Count} training pictures are too few: {validation} held out for validation leave none.");
        }

        var split = Split.ByCount(all.Count, validation, test: 0, options.Seed);
        return new DataSplit(all.Select(split.Train), all.Select(split.Validation), test);
    }

    private static Dataset LoadPair(string directory, string part, MnistVariant variant)
    {
        var imagePath = Find(directory, $"{part}-images", "idx3-ubyte");
        var labelPath = Find(directory, $"{part}-labels", "idx1-ubyte");
        var labels = IdxReader.Read(labelPath);
        if (labels.Dims.Count != 1)
            throw new InvalidDataException($"{labelPath}: got sizes [{string.Join(", ", labels.Dims)}], expected [count] labels.");
        var images = IdxReader.Read(imagePath);
        if (images.Dims is not [var count, Side, Side])
            throw new InvalidDataException($"{imagePath}: got sizes [{string.Join(", ", images.Dims)}], expected [count, {Side}, {Side}] pictures.");
        if (count != labels.Dims[0])
            throw new InvalidDataException($"{imagePath} holds {count} pictures, {labelPath} {labels.Dims[0]} labels: the two files do not belong together.");
        var outside = labels.Data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1));
        if (outside >= 0)
            throw new InvalidDataException($"{labelPath}: label {outside} (at byte {8 + outside}) is {labels.Data[outside]}, expected 0 to {Classes - 1}.");

        var (name, classNames) = variant == MnistVariant.Fashion ? ("fashion-mnist", FashionNames) : ("mnist", DigitNames);
        return Dataset.OfClasses(name, [1, Side, Side], Inputs.Of(images.Data, Side * Side), Array.ConvertAll(labels.Data, label => (int)label), classNames);
    }

    private static string Find(string directory, string stem, string suffix)
    {
        // Some mirrors unpack to a dot where the original has a dash.
        string[] names = [$"{stem}-{suffix}", $"{stem}-{suffix}.gz", $"{stem}.{suffix}", $"{stem}.{suffix}.gz"];
        foreach (var name in names)
        {
            var path = Path.Combine(directory, name);
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException($"{directory}: no file {names[0]}; looked for {string.Join(", ", names)}.", names[0]);
    }
}

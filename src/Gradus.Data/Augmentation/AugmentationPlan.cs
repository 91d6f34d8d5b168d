namespace Gradus.Data;

/// <summary>
/// What happens to pictures before each step of a training, one after another, in words: <c>AugmentationPlan.Parse(["flip", "crop:4", "mixup:0.2"])</c>.
/// </summary>
/// <remarks>
/// Immutable; safe to use from several threads. A word means the augmentation of its name at its defaults, and the number behind its colon the one that
/// matters most: the border of <see cref="RandomCrop"/>, the pixels of <see cref="Shift"/>, the degrees of <see cref="Rotate"/> and <see cref="Affine"/>,
/// brightness, contrast and saturation (and ten times the hue) of <see cref="ColorJitter"/>, the largest area of <see cref="Erase"/>, the α of
/// <see cref="MixOptions"/>.
/// </remarks>
public sealed class AugmentationPlan
{
    private readonly (AugmentationWord Word, double Size)[] _steps;

    private AugmentationPlan((AugmentationWord Word, double Size)[] steps) => _steps = steps;

    /// <summary>All words that <see cref="Parse"/> takes, separated by commas, for help texts.</summary>
    public static string KnownWords => string.Join(", ", AugmentationWord.All.Select(static word => word.Usage));

    /// <summary>The words, each with its size.</summary>
    public IReadOnlyList<string> Words => Array.ConvertAll(_steps, static step => step.Word.With(step.Size));

    /// <summary>Reads a plan.</summary>
    /// <param name="words">Some of <see cref="KnownWords"/>, in the order in which they happen; a size may be left out with its colon.</param>
    /// <exception cref="FormatException">A word is unknown, its size out of range, or samples would be mixed twice in the same way.</exception>
    public static AugmentationPlan Parse(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var steps = words.Select(ParseWord).ToArray();
        foreach (var mixing in steps.Where(static step => step.Word.Mix is not null).GroupBy(static step => step.Word))
        {
            if (mixing.Count() > 1) throw new FormatException($"augment: {mixing.Key.Name} comes {mixing.Count()} times; expected once.");
        }

        return new AugmentationPlan(steps);
    }

    /// <summary>Pictures to train on, changed anew in each epoch, then standardized.</summary>
    /// <remarks>What happens to a sample follows from seed, epoch and its number alone.</remarks>
    /// <param name="pictures">Samples [channels, height, width] with numbers from 0 to 1, as they are before <see cref="Dataset.Normalize"/>.</param>
    /// <param name="seed">The seed of all draws.</param>
    /// <param name="mean">What is subtracted from each number in the end. Default: 0.</param>
    /// <param name="deviation">What each number is divided by then. Default: 1.</param>
    /// <returns>Inputs f32 [samples, channels, height, width] with the dataset's targets, or, if samples are mixed, f32 [samples, classes].</returns>
    /// <exception cref="FormatException">The samples are no pictures, have no targets, or cannot be changed so.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mean is not finite, or the deviation is not finite and above 0.</exception>
    public IBatchSource<Labeled> Of(Dataset pictures, ulong seed, double mean = 0, double deviation = 1)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (!double.IsFinite(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be a finite number.");
        if (!(deviation > 0 && double.IsFinite(deviation)))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation must be a finite number above 0.");
        Check(pictures);
        return new PlannedBatches(Chain(pictures, seed), (float)mean, (float)deviation);
    }

    /// <summary>The words, separated by commas.</summary>
    public override string ToString() => string.Join(", ", Words);

    private static (AugmentationWord Word, double Size) ParseWord(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':', 2);
        var word = AugmentationWord.All.FirstOrDefault(word => word.Name == parts[0])
            ?? throw new FormatException($"augment '{PlainText.Quote(text)}' is not known. There are: {KnownWords}.");
        if (parts.Length == 1) return (word, word.Default);
        if (word.Size is null) throw new FormatException($"augment '{PlainText.Quote(text)}': {word.Name} takes no number; expected {word.Name} alone.");
        return (word, word.SizeOf(parts[1])
            ?? throw new FormatException($"augment '{PlainText.Quote(text)}': expected {word.Usage}, {word.Range}, such as {word.With(word.Default)}."));
    }

    private void Check(Dataset pictures)
    {
        if (pictures.IsText || pictures.InputShape.Count != 3)
        {
            var what = pictures.IsText ? "is a text" : $"has samples [{string.Join(", ", pictures.InputShape)}]";
            throw new FormatException($"augment: {pictures.Name} {what}; only pictures, [channels, height, width], can be changed so.");
        }

        if (pictures is { ClassNames: null, Targets: null })
            throw new FormatException($"augment: {pictures.Name} has neither classes nor targets; what gives back its samples learns them as they are.");
        var shape = new PictureShape(pictures.InputShape[0], pictures.InputShape[1], pictures.InputShape[2]);
        foreach (var (word, size) in _steps)
        {
            if (word.Mix is not null && pictures.ClassNames is null)
            {
                throw new FormatException(
                    $"augment '{word.With(size)}': it mixes classes, and the targets of {pictures.Name} are numbers; leave {word.Name} out.");
            }

            try
            {
                word.Change?.Invoke(size).ShapeOf(shape);
            }
            catch (GradusException exception)
            {
                throw new FormatException($"augment '{word.With(size)}': {exception.Message}", exception);
            }
        }
    }

    /// <summary>Neighboring changes of single pictures in one pass each, what mixes samples between them.</summary>
    private IBatchSource<Labeled> Chain(Dataset pictures, ulong seed)
    {
        IBatchSource<Labeled> source = pictures;
        var (changes, done) = (new List<Augmentation>(), 0);
        foreach (var (word, size) in _steps)
        {
            if (word.Change is { } change)
            {
                changes.Add(change(size));
                continue;
            }

            Change();
            source = word.Mix!(source, new MixOptions { Alpha = size, Classes = pictures.ClassNames!.Count, Seed = seed });
        }

        Change();
        return source;

        // Numbered over the whole plan, so that two equal steps draw differently wherever they stand.
        void Change()
        {
            if (changes.Count == 0) return;
            var augmenter = new Augmenter(seed, done, [.. changes]);
            source = source.Map((batch, rows, epoch) => batch with { Input = augmenter.Apply(batch.Input, rows, epoch) });
            done += changes.Count;
            changes.Clear();
        }
    }
}

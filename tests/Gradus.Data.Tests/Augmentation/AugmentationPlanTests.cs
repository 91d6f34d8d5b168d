namespace Gradus.Data.Tests;

/// <summary>Augmentations in words.</summary>
public class AugmentationPlanTests
{
    private static readonly Dataset Data = AugmentTests.Pictures(count: 40, channels: 3, height: 12, width: 10);
    private static readonly int[] Rows = [.. Enumerable.Range(0, 40)];

    private static readonly Dictionary<string, IBatchSource<Labeled>> Meanings = new()
    {
        ["crop"] = Data.Augment(7, new RandomCrop()),
        ["crop:2"] = Data.Augment(7, new RandomCrop { Padding = 2 }),
        ["flip"] = Data.Augment(7, new HorizontalFlip()),
        ["flip-vertical"] = Data.Augment(7, new VerticalFlip()),
        ["shift"] = Data.Augment(7, new Shift()),
        ["shift:3"] = Data.Augment(7, new Shift { Horizontal = 3, Vertical = 3 }),
        ["rotate"] = Data.Augment(7, new Rotate()),
        ["rotate:2.5"] = Data.Augment(7, new Rotate { Degrees = 2.5 }),
        ["affine"] = Data.Augment(7, new Affine()),
        ["affine:30"] = Data.Augment(7, new Affine { Degrees = 30 }),
        ["color"] = Data.Augment(7, new ColorJitter()),
        ["color:0.5"] = Data.Augment(7, new ColorJitter { Brightness = 0.5, Contrast = 0.5, Saturation = 0.5, Hue = 0.05 }),
        ["erase"] = Data.Augment(7, new Erase()),
        ["erase:0.01"] = Data.Augment(7, new Erase { MinArea = 0.01, MaxArea = 0.01 }),
        ["mixup"] = Data.MixUp(new() { Seed = 7 }),
        ["mixup:2"] = Data.MixUp(new() { Seed = 7, Alpha = 2 }),
        ["cutmix"] = Data.CutMix(new() { Seed = 7 }),
        ["cutmix:0.5"] = Data.CutMix(new() { Seed = 7, Alpha = 0.5 }),
    };

    public static TheoryData<string> Words => [.. Meanings.Keys];

    [Theory, MemberData(nameof(Words))]
    public void A_word_means_the_augmentation_of_its_name(string word)
    {
        // when
        var batch = AugmentationPlan.Parse([word]).Of(Data, seed: 7).Read(Rows, 2);

        // then
        var expected = Meanings[word].Read(Rows, 2);
        Assert.Equal(expected.Input.ToArray<float>(), batch.Input.ToArray<float>());
        Assert.Equal(expected.Target.ToString(), batch.Target.ToString());
    }

    [Fact]
    public void There_is_a_word_for_every_augmentation_and_its_size_is_told()
    {
        // given
        string[] names = [.. Meanings.Keys.Select(static word => word.Split(':')[0]).Distinct()];

        // when
        var plan = AugmentationPlan.Parse(names);

        // then
        Assert.Equal(
            "crop:PIXELS, flip, flip-vertical, shift:PIXELS, rotate:DEGREES, affine:DEGREES, color:STRENGTH, erase:AREA, mixup:ALPHA, cutmix:ALPHA",
            AugmentationPlan.KnownWords);
        Assert.Equal("crop:4, flip, flip-vertical, shift:2, rotate:15, affine:10, color:0.2, erase:0.33, mixup:0.2, cutmix:1", plan.ToString());
        Assert.Equal(plan.Words, AugmentationPlan.Parse(plan.Words).Words);
        Assert.Empty(AugmentationPlan.Parse([]).Words);
    }

    [Fact]
    public void Words_happen_in_their_order_also_around_a_mixture()
    {
        // when
        var plan = AugmentationPlan.Parse(["shift", "color", "mixup", "flip"]).Of(Data, seed: 7).Read(Rows, 1);

        // then: the flip has the draws of a third step
        var mixed = Data.Augment(7, new Shift(), new ColorJitter()).MixUp(new() { Seed = 7, Classes = 3 });
        var expected = mixed.Augment(7, new Shift { Horizontal = 0, Vertical = 0 }, new Shift { Horizontal = 0, Vertical = 0 }, new HorizontalFlip());
        Assert.Equal(expected.Read(Rows, 1).Input.ToArray<float>(), plan.Input.ToArray<float>());
        Assert.Equal([40, 3], plan.Target.Shape.ToArray());
    }

    [Fact]
    public void Pixels_are_changed_before_they_are_standardized()
    {
        // given: white pictures, of which a border of black comes in
        var white = Dataset.OfClasses("white", [1, 4, 4], Inputs.Of([.. Enumerable.Repeat((byte)255, 160)], 16), new int[10], ["a"]);

        // when
        var batch = AugmentationPlan.Parse(["shift", "color:0"]).Of(white, seed: 1, mean: 0.25, deviation: 0.5).Read([.. Enumerable.Range(0, 10)], 0);

        // then
        Assert.Equal([-0.5f, 1.5f], batch.Input.ToArray<float>().Distinct().Order());
    }

    [Theory]
    [InlineData("spin", "augment 'spin' is not known. There are: crop:PIXELS, flip,")]
    [InlineData("", "augment '' is not known.")]
    [InlineData("Flip", "augment 'Flip' is not known.")]
    [InlineData("flip:2", "augment 'flip:2': flip takes no number; expected flip alone.")]
    [InlineData("crop:", "augment 'crop:': expected crop:PIXELS, a whole number from 0 to 16384, such as crop:4.")]
    [InlineData("crop:1.5", "a whole number from 0 to 16384")]
    [InlineData("crop:-1", "a whole number from 0 to 16384")]
    [InlineData("rotate:361", "augment 'rotate:361': expected rotate:DEGREES, a number from 0 to 360, such as rotate:15.")]
    [InlineData("rotate:NaN", "a number from 0 to 360")]
    [InlineData("rotate:1,5", "a number from 0 to 360")]
    [InlineData("mixup:0", "augment 'mixup:0': expected mixup:ALPHA, a number from 0.01 to 1000, such as mixup:0.2.")]
    [InlineData("color:2", "a number from 0 to 1")]
    [InlineData("erase:1.1", "a number from 0 to 1")]
    public void A_word_that_means_nothing_is_refused_with_what_is_expected(string word, string expected)
    {
        var error = Assert.Throws<FormatException>(() => AugmentationPlan.Parse(["flip", word]));

        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Samples_are_mixed_once_in_each_way()
    {
        var error = Assert.Throws<FormatException>(static () => AugmentationPlan.Parse(["mixup:0.1", "cutmix", "mixup"]));

        Assert.Equal("augment: mixup comes 2 times; expected once.", error.Message);
        Assert.Equal(3, AugmentationPlan.Parse(["flip", "flip", "flip"]).Words.Count);
    }

    [Fact]
    public void What_is_no_picture_with_a_target_is_refused()
    {
        // given
        var numbers = Inputs.Of(new float[160], 16);
        var row = Dataset.OfTargets("prices", [16], numbers, new float[10]);
        var text = Dataset.OfTokens("book", new ushort[100], 4, ["a"]);
        var bare = Dataset.OfInputs("bare", [1, 4, 4], numbers);
        var angles = Dataset.OfTargets("angles", [1, 4, 4], numbers, new float[10]);
        var wide = Dataset.OfClasses("wide", [4, 2, 2], numbers, new int[10], ["a"]);

        // then
        Assert.Equal("augment: prices has samples [16]; only pictures, [channels, height, width], can be changed so.", Fault("flip", row));
        Assert.Equal("augment: book is a text; only pictures, [channels, height, width], can be changed so.", Fault("flip", text));
        Assert.Equal("augment: bare has neither classes nor targets; what gives back its samples learns them as they are.", Fault("flip", bare));
        Assert.Equal("augment 'mixup:0.2': it mixes classes, and the targets of angles are numbers; leave mixup out.", Fault("mixup", angles));
        Assert.StartsWith("augment 'color:0.2': color jitter: a picture [4, 2, 2] has 4 channels;", Fault("color", wide));
        Assert.Equal([10, 1], AugmentationPlan.Parse(["flip"]).Of(angles, 0).Read([.. Enumerable.Range(0, 10)], 0).Target.Shape.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(static () => AugmentationPlan.Parse(["flip"]).Of(Data, 0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(static () => AugmentationPlan.Parse(["flip"]).Of(Data, 0, 0, 0));

        static string Fault(string word, Dataset data) => Assert.Throws<FormatException>(() => AugmentationPlan.Parse([word]).Of(data, 0)).Message;
    }

    [Fact]
    public void A_batch_follows_from_seed_epoch_and_samples_on_any_number_of_threads()
    {
        // given
        var source = AugmentationPlan.Parse(["crop:2", "rotate", "cutmix"]).Of(Data, seed: 3, mean: 0.5, deviation: 0.3);
        var order = new Batches(40, new() { Size = 8, Seed = 2 });

        // when
        var (alone, ahead) = (Read(workers: 0), Read(workers: 3));

        // then
        Assert.Equal(alone, ahead);

        float[] Read(int workers) => [.. source.Prefetch(order, new() { Workers = workers }).Epoch(2)
            .SelectMany(static batch => batch.Input.ToArray<float>().Concat(batch.Target.ToArray<float>()))];
    }
}

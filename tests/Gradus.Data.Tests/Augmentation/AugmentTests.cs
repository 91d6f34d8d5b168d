using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gradus.Data.Tests;

/// <summary>What all augmentations promise.</summary>
public class AugmentTests
{
    private static readonly Dataset Data = Pictures(count: 40, channels: 3, height: 12, width: 10);

    private static readonly Dictionary<string, Augmentation[]> Steps = new()
    {
        ["crop"] = [new RandomCrop { Padding = 2 }],
        ["crop, mirrored"] = [new RandomCrop { Padding = 3, Edge = PictureEdge.Reflect, Height = 8 }],
        ["crop, nearest"] = [new RandomCrop { Padding = 3, Edge = PictureEdge.Nearest, Width = 9 }],
        ["flip"] = [new HorizontalFlip()],
        ["vertical flip"] = [new VerticalFlip()],
        ["shift"] = [new Shift()],
        ["rotate"] = [new Rotate()],
        ["affine"] = [new Affine()],
        ["color"] = [new ColorJitter()],
        ["erase"] = [new Erase()],
        ["all"] = [new RandomCrop(), new HorizontalFlip(), new Affine(), new ColorJitter(), new Erase()],
    };

    public static TheoryData<string> Names => [.. Steps.Keys];

    [Theory, MemberData(nameof(Names))]
    public void What_becomes_of_a_sample_follows_from_seed_epoch_and_number_alone(string name)
    {
        // given
        var source = Data.Augment(seed: 5, Steps[name]);
        float[][] alone = [.. Enumerable.Range(0, 40).Select(row => Read(source, 1, row))];

        // when: in another order, in one batch, on several threads
        var together = Read(source, 1, [.. Enumerable.Range(0, 40).Reverse()]).Chunk(alone[0].Length).Reverse().ToArray();
        var ahead = source.Prefetch(new Batches(40, new() { Size = 8, Shuffle = false }), new() { Workers = 4 }).Epoch(1)
            .SelectMany(static batch => batch.Input.ToArray<float>()).Chunk(alone[0].Length).ToArray();

        // then
        Assert.Equal(alone, together);
        Assert.Equal(alone, ahead);
    }

    [Theory, MemberData(nameof(Names))]
    public void Epochs_seeds_and_samples_differ(string name)
    {
        // given
        var source = Data.Augment(seed: 5, Steps[name]);
        int[] rows = [.. Enumerable.Range(0, 40)];
        var batch = Read(source, 1, rows);

        // then
        Assert.NotEqual(batch, Read(source, 2, rows));
        Assert.NotEqual(batch, Read(Data.Augment(seed: 6, Steps[name]), 1, rows));
        Assert.Equal(Data.Read(rows).Target.ToArray<int>(), source.Read(rows, 1).Target.ToArray<int>());
    }

    [Theory]
    [InlineData("crop", "283698C6CBA4C431")]
    [InlineData("crop, mirrored", "61FE6BF539E6B92E")]
    [InlineData("crop, nearest", "23612F474DEEA9BB")]
    [InlineData("flip", "4C1BBFEEF015B1F4")]
    [InlineData("vertical flip", "8815FA00E08990F8")]
    [InlineData("shift", "C0B10485CFAA3C30")]
    [InlineData("rotate", "52CA711717D1361D")]
    [InlineData("affine", "DFF0EA3534FF9184")]
    [InlineData("color", "8C924F85923AEA52")]
    [InlineData("erase", "FD372EEBD358A30B")]
    [InlineData("all", "0F7F56E7796BD886")]
    public void The_bits_are_the_same_on_every_machine(string name, string hash)
    {
        // when
        var pixels = Read(Data.Augment(seed: 5, Steps[name]), 3, [.. Enumerable.Range(0, 40)]);

        // then
        Assert.Equal(hash, Hash(pixels));
    }

    [Fact]
    public void A_step_at_the_end_leaves_the_draws_of_the_others()
    {
        // given
        int[] rows = [.. Enumerable.Range(0, 40)];

        // when
        var shifted = Read(Data.Augment(5, new Shift()), 1, rows);
        var flipped = Read(Data.Augment(5, new Shift(), new HorizontalFlip { Probability = 1 }), 1, rows);

        // then
        Assert.Equal(shifted, flipped.Chunk(10).SelectMany(static row => row.Reverse()));
    }

    [Fact]
    public void Two_equal_steps_draw_differently()
    {
        // when: two flips of one draw would undo each other
        var flipped = Read(Data.Augment(5, new HorizontalFlip(), new HorizontalFlip()), 0, [.. Enumerable.Range(0, 40)]);

        // then
        Assert.NotEqual(Data.Read([.. Enumerable.Range(0, 40)]).Input.ToArray<float>(), flipped);
    }

    [Fact]
    public void One_of_your_own_is_an_equal()
    {
        // given
        var source = Data.Augment(seed: 5, new Shift { Horizontal = 0, Vertical = 0 }, new Noise { Deviation = 0.1 });

        // when
        var noisy = Read(source, 0, 3);

        // then
        var clean = Data.Read([3]).Input.ToArray<float>();
        Assert.InRange(noisy.Zip(clean).Average(static pair => Math.Abs(pair.First - pair.Second)), 0.06, 0.1);
        Assert.Equal("Noise { Probability = 1, Deviation = 0.1 }", new Noise { Deviation = 0.1 }.ToString());
    }

    [Fact]
    public void Single_pictures_and_batches_without_targets_are_changed_too()
    {
        // given
        var singles = SampleSources.From(Enumerable.Range(0, 40)).Map(static row => Data.Read([row]).Input.Reshape(3, 12, 10)).Augment(5, Steps["all"]);
        var batches = Data.Map(static batch => batch.Input).Augment(5, Steps["all"]);

        // then
        Assert.Equal(Read(Data.Augment(5, Steps["all"]), 2, 7), singles.Read(7, 2).ToArray<float>());
        Assert.Equal(Read(Data.Augment(5, Steps["all"]), 2, 7, 8), batches.Read([7, 8], 2).ToArray<float>());
        Assert.Equal([3, 12, 10], singles.Read(7, 2).Shape.ToArray());
        Assert.Equal([0, 3, 12, 10], batches.Read([], 0).Shape.ToArray());
    }

    [Fact]
    public void A_view_of_a_larger_tensor_is_read_as_it_shows()
    {
        // given
        var pictures = Data.Read([1, 2]).Input;
        var augmenter = new Augmenter(seed: 1, new HorizontalFlip { Probability = 1 });

        // then
        Assert.Equal(augmenter.Apply(pictures.Flip(2).Contiguous(), [1, 2], 0).ToArray<float>(), augmenter.Apply(pictures.Flip(2), [1, 2], 0).ToArray<float>());
    }

    [Fact]
    public void What_is_no_picture_and_options_out_of_range_are_refused()
    {
        // given
        var flip = new Augmenter(0, new HorizontalFlip());

        // then
        Assert.Throws<GradusException>(() => flip.Apply(Tensor.Zeros([2, 3]), [0, 1], 0));
        Assert.Throws<GradusException>(() => flip.Apply(Tensor.Zeros([2, 3, 4, 5], DType.Int32), [0, 1], 0));
        Assert.Throws<GradusException>(() => flip.Apply(Tensor.Zeros([2, 3, 4, 5]), [0, 1, 2], 0));
        Assert.Throws<GradusException>(() => flip.Apply(Tensor.Zeros([2, 3, 0, 5]), [0, 1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => flip.Apply(Tensor.Zeros([1, 4, 5]), -1, 0));
        Assert.Throws<ArgumentNullException>(static () => new Augmenter(0, null!, new Shift()));
        Augmentation[] wrong =
        [
            new HorizontalFlip { Probability = 1.5 }, new RandomCrop { Padding = -1 }, new RandomCrop { Height = 0 }, new RandomCrop { Edge = (PictureEdge)9 },
            new Shift { Vertical = -1 }, new Rotate { Degrees = double.NaN }, new Affine { MinScale = 0 }, new Affine { MinScale = 2, MaxScale = 1 },
            new Affine { Shear = 45 }, new ColorJitter { Hue = 0.6 }, new ColorJitter { Brightness = -1 }, new Erase { MaxArea = 2 },
            new Erase { MaxRatio = 0.5 },
        ];
        Assert.All(wrong, static step => Assert.Throws<ArgumentOutOfRangeException>(() => new Augmenter(0, step)));
    }

    internal static string Hash(float[] values) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())))[..16];

    internal static Dataset Pictures(int count, int channels, int height, int width)
    {
        var random = new SampleRandom(seed: 77, epoch: 0, sample: 0);
        var pixels = new float[count * channels * height * width];
        foreach (ref var pixel in pixels.AsSpan()) pixel = (float)random.NextDouble();
        int[] labels = [.. Enumerable.Range(0, count).Select(static row => row % 3)];
        return Dataset.OfClasses("pictures", [channels, height, width], Inputs.Of(pixels, channels * height * width), labels, ["a", "b", "c"]);
    }

    private static float[] Read(IBatchSource<Labeled> source, int epoch, params int[] rows) => source.Read(rows, epoch).Input.ToArray<float>();

    private sealed record Noise : Augmentation
    {
        public double Deviation { get; init; }

        public override void Apply(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, SampleRandom random)
        {
            for (var index = 0; index < picture.Length; index++) result[index] = picture[index] + (float)(Deviation * random.NextBell());
        }
    }
}

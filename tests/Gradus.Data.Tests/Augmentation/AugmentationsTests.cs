namespace Gradus.Data.Tests;

/// <summary>What each augmentation does.</summary>
public class AugmentationsTests
{
    private static readonly PictureShape Nine = new(1, 3, 3);

    private static readonly float[] Digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void Flips_mirror()
    {
        Assert.Equal([3, 2, 1, 6, 5, 4, 9, 8, 7], Apply(new HorizontalFlip(), Digits, Nine));
        Assert.Equal([7, 8, 9, 4, 5, 6, 1, 2, 3], Apply(new VerticalFlip(), Digits, Nine));
        Assert.Equal([3, 4, 1, 2, 7, 8, 5, 6], Apply(new VerticalFlip(), [1, 2, 3, 4, 5, 6, 7, 8], new(2, 2, 2)));
    }

    [Fact]
    public void As_many_pictures_are_changed_as_the_probability_says()
    {
        // given
        var data = AugmentTests.Pictures(2000, 1, 2, 2);
        int[] rows = [.. Enumerable.Range(0, 2000)];
        var before = data.Read(rows).Input.ToArray<float>().Chunk(4).ToArray();

        // when
        var after = data.Augment(1, new HorizontalFlip { Probability = 0.3 }).Read(rows, 0).Input.ToArray<float>().Chunk(4);

        // then
        Assert.InRange(after.Zip(before).Count(static pair => !pair.First.SequenceEqual(pair.Second)), 540, 660);
    }

    [Fact]
    public void A_crop_is_a_part_of_the_picture_with_its_border()
    {
        // given: where each part of a bordered picture begins
        Dictionary<PictureEdge, float[]> bordered = new()
        {
            [PictureEdge.Fill] = [0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0, 7, 8, 9, 0, 0, 0, 0, 0, 0],
            [PictureEdge.Nearest] = [1, 1, 2, 3, 3, 1, 1, 2, 3, 3, 4, 4, 5, 6, 6, 7, 7, 8, 9, 9, 7, 7, 8, 9, 9],
            [PictureEdge.Reflect] = [5, 4, 5, 6, 5, 2, 1, 2, 3, 2, 5, 4, 5, 6, 5, 8, 7, 8, 9, 8, 5, 4, 5, 6, 5],
        };

        foreach (var (edge, border) in bordered)
        {
            // when
            var crop = new RandomCrop { Padding = 1, Edge = edge, Height = 2, Width = 4 };
            string[] parts = [.. Enumerable.Range(0, 300).Select(sample => Print(Apply(crop, Digits, Nine, sample)))];

            // then: each of the 4 · 2 parts, and nothing else
            var expected = from top in Enumerable.Range(0, 4)
                           from left in Enumerable.Range(0, 2)
                           select Print([.. border.AsSpan((top * 5) + left, 4), .. border.AsSpan((top * 5) + left + 5, 4)]);
            Assert.Equal(expected.Distinct().Order(), parts.Distinct().Order());
        }

        Assert.Throws<GradusException>(static () => Apply(new RandomCrop { Padding = 1, Height = 6 }, Digits, Nine));
        Assert.Throws<GradusException>(static () => Apply(new RandomCrop { Padding = 3, Edge = PictureEdge.Reflect }, Digits, Nine));
        Assert.Throws<GradusException>(static () => new Augmenter(0, new RandomCrop { Height = 2, Probability = 0.5 }).Apply(Tensor.Zeros([1, 3, 3]), 0, 0));
    }

    [Fact]
    public void A_shift_moves_by_whole_pixels()
    {
        // when
        var moved = Results(new Shift { Horizontal = 1, Vertical = 0, Fill = -1 });
        var far = Results(new Shift { Horizontal = 0, Vertical = 9 });

        // then
        Assert.Equal(new[] { Print(Digits), "-1 1 2 -1 4 5 -1 7 8", "2 3 -1 5 6 -1 8 9 -1" }.Order(), moved.Distinct().Order());
        Assert.Contains("0 0 0 0 0 0 0 0 0", far);
        Assert.Contains("0 0 0 0 0 0 1 2 3", far);
        Assert.Contains("7 8 9 0 0 0 0 0 0", far);

        static string[] Results(Shift shift) => [.. Enumerable.Range(0, 100).Select(sample => Print(Apply(shift, Digits, Nine, sample)))];
    }

    [Fact]
    public void A_quarter_turn_goes_clockwise()
    {
        // when
        var result = new float[9];
        new PictureMap(90, 1, 0, 0, 0, 0).Draw(Digits, result, Nine, fill: 0);

        // then
        Assert.All(result.Zip([7f, 4, 1, 8, 5, 2, 9, 6, 3]), static pair => Assert.Equal(pair.Second, pair.First, 5));
    }

    [Fact]
    public void Scale_shear_and_move_are_those_of_the_formula()
    {
        // given
        float[] dot = [.. Enumerable.Range(0, 81).Select(static place => place == 40 + 2 ? 1f : 0)];
        var shape = new PictureShape(1, 9, 9);

        // then: two pixels right of the center
        Assert.Equal([44], Places(new(0, 2, 0, 0, 0, 0)));
        Assert.Equal([40 + 2 + 9], Places(new(0, 1, 0, 0, 0, 1)));
        Assert.Equal([40 + 2 - 1], Places(new(0, 1, 0, 0, -1, 0)));
        Assert.Equal([40 + 2 + 18], Places(new(0, 1, 0, 44.999999, 0, 0)));
        Assert.Equal([40 - 2], Places(new(180, 1, 0, 0, 0, 0)));

        int[] Places(PictureMap map)
        {
            var result = new float[81];
            map.Draw(dot, result, shape, fill: 0);
            return [.. Enumerable.Range(0, 81).Where(place => result[place] > 0.9)];
        }
    }

    [Fact]
    public void Between_pixels_values_are_interpolated_and_outside_is_filled()
    {
        // when
        var result = new float[3];
        new PictureMap(0, 1, 0, 0, right: 0.25, 0).Draw([1, 2, 5], result, new(1, 1, 3), fill: 9);

        // then
        Assert.Equal([3, 1.75f, 4.25f], result);
    }

    [Fact]
    public void Without_a_turn_a_picture_stays_to_the_bit()
    {
        Assert.Equal(Digits, Apply(new Rotate { Degrees = 0 }, Digits, Nine));
        Assert.Equal(Digits, Apply(new Affine { Degrees = 0, MinScale = 1, MaxScale = 1, Shear = 0, Translate = 0 }, Digits, Nine));
    }

    [Fact]
    public void Color_stays_within_its_bounds()
    {
        // given
        var shape = new PictureShape(3, 4, 4);
        float[] picture = [.. Enumerable.Range(0, 48).Select(static place => place * 37 % 48 / 47f)];

        for (var sample = 0; sample < 50; sample++)
        {
            // when
            var result = Apply(new ColorJitter { Brightness = 2, Contrast = 2, Saturation = 2, Hue = 0.5 }, picture, shape, sample);

            // then
            Assert.All(result, static value => Assert.InRange(value, 0, 1));
        }

        var same = Apply(new ColorJitter { Brightness = 0, Contrast = 0, Saturation = 0, Hue = 0 }, picture, shape);
        Assert.All(same.Zip(picture), static pair => Assert.Equal(pair.Second, pair.First, 5));
    }

    [Fact]
    public void Hue_turns_on_the_color_circle_and_keeps_the_lightest_and_the_darkest()
    {
        // given
        var jitter = new ColorJitter { Brightness = 0, Contrast = 0, Saturation = 0, Hue = 0.5 };
        var shape = new PictureShape(3, 1, 1);

        for (var sample = 0; sample < 50; sample++)
        {
            // when
            var result = Apply(jitter, [0.9f, 0.4f, 0.2f], shape, sample);

            // then
            Assert.Equal(0.9, result.Max(), 5);
            Assert.Equal(0.2, result.Min(), 5);
        }

        // then: gray has no hue
        Assert.All(Apply(jitter, [0.5f, 0.5f, 0.5f], shape, 3), static value => Assert.Equal(0.5, value, 5));
    }

    [Fact]
    public void Brightness_and_contrast_change_gray_pictures_too()
    {
        // when
        var shape = new PictureShape(1, 1, 2);
        var bright = Apply(new ColorJitter { Brightness = 0.5, Contrast = 0 }, [0.2f, 0.4f], shape, 1);
        var stretched = Apply(new ColorJitter { Brightness = 0, Contrast = 0.9 }, [0.2f, 0.4f], shape, 1);

        // then
        Assert.Equal(2, bright[1] / bright[0], 4);
        Assert.NotEqual(0.2f, bright[0]);
        Assert.Equal(0.3, (stretched[0] + stretched[1]) / 2, 4);
        Assert.NotEqual(0.2f, stretched[0]);
    }

    [Fact]
    public void Color_refuses_normalized_pictures_and_other_channels()
    {
        var error = Assert.Throws<GradusException>(static () => Apply(new ColorJitter(), [0.5f, -0.4f, 1], new(3, 1, 1)));
        Assert.Contains("Normalize pictures after it", error.Message, StringComparison.Ordinal);
        Assert.Throws<GradusException>(static () => Apply(new ColorJitter(), [0.5f, 0.4f], new(2, 1, 1)));
    }

    [Fact]
    public void An_erased_rectangle_has_the_wanted_area()
    {
        // given
        var shape = new PictureShape(2, 40, 40);
        var picture = Enumerable.Repeat(1f, 3200).ToArray();
        var areas = new List<double>();

        for (var sample = 0; sample < 200; sample++)
        {
            // when
            var result = Apply(new Erase { MinArea = 0.1, MaxArea = 0.3 }, picture, shape, sample);

            // then: a rectangle, the same of both channels
            int[] rows = [.. Enumerable.Range(0, 40).Where(row => result.AsSpan(row * 40, 40).Contains(0))];
            int[] columns = [.. Enumerable.Range(0, 40).Where(column => result[(rows[0] * 40) + column] == 0)];
            Assert.Equal(rows.Length * columns.Length, result[..1600].Count(static value => value == 0));
            Assert.Equal(result[..1600], result[1600..]);
            areas.Add(rows.Length * columns.Length / 1600.0);
        }

        Assert.InRange(areas.Min(), 0.08, 0.12);
        Assert.InRange(areas.Max(), 0.28, 0.32);
    }

    private static float[] Apply(Augmentation step, float[] picture, PictureShape shape, int sample = 0)
    {
        var result = new float[step.ShapeOf(shape).Count];
        step.Apply(picture, result, shape, new SampleRandom(seed: 1, epoch: 0, sample));
        return result;
    }

    private static string Print(ReadOnlySpan<float> values) => string.Join(' ', values.ToArray());
}

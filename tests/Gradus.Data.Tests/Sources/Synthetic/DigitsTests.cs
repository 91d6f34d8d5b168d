using System.Security.Cryptography;

namespace Gradus.Data.Tests;

public class DigitsTests
{
    private static byte[] Pixels(Dataset data)
    {
        var numbers = new float[data.Count * 784];
        data.Inputs.CopyRows([.. Enumerable.Range(0, data.Count)], numbers);
        return Array.ConvertAll(numbers, number => (byte)(number * 255 + 0.5f));
    }

    [Fact]
    public void The_default_set_has_twelve_thousand_pictures_in_ten_equal_classes()
    {
        var split = Digits.Generate();

        Assert.Equal((9000, 1000, 2000), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.All(split.Train.Labels!.GroupBy(label => label), group => Assert.Equal(900, group.Count()));
        Assert.Equal([1, 28, 28], split.Train.InputShape);
        Assert.InRange(split.Train.Inputs.Measure().Mean, 0.12, 0.15);
        Assert.InRange(split.Train.Inputs.Measure().Deviation, 0.29, 0.34);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_everywhere()
    {
        var split = Digits.Generate(new() { TrainCount = 600, ValidationCount = 0, TestCount = 50, Seed = 42 });

        Assert.Equal("36e2e544a591b674", Convert.ToHexStringLower(SHA256.HashData(Pixels(split.Train)))[..16]);
        Assert.NotEqual(Pixels(split.Train), Pixels(Digits.Generate(new() { TrainCount = 600, ValidationCount = 0, TestCount = 0, Seed = 43 }).Train));
        Assert.NotEqual(Pixels(split.Test), Pixels(split.Train)[..(50 * 784)]);
    }

    [Fact]
    public void A_picture_depends_on_its_number_alone()
    {
        var all = Pixels(Digits.Generate(new() { TrainCount = 300, ValidationCount = 0, TestCount = 0, Seed = 1 }).Train);
        var alone = new byte[784];

        new DigitWriter().Write(297 % 10, seed: 1, "digits/train", 297, alone);

        Assert.Equal(all[(297 * 784)..(298 * 784)], alone);
    }

    [Fact]
    public void Ink_fills_a_box_of_20_pixels_around_its_center_of_mass_as_in_mnist()
    {
        var pixels = Pixels(Digits.Generate(new() { TrainCount = 500, ValidationCount = 0, TestCount = 0 }).Train);

        foreach (var picture in pixels.Chunk(784))
        {
            double mass = 0, x = 0, y = 0;
            for (var i = 0; i < 784; i++)
            {
                mass += picture[i];
                x += picture[i] * (i % 28 + 0.5);
                y += picture[i] * (i / 28 + 0.5);
            }

            Assert.InRange(mass / 255, 15, 350);
            Assert.InRange(x / mass, 13.8, 15.2);
            Assert.InRange(y / mass, 13.8, 15.2);
            var inked = Enumerable.Range(0, 784).Where(i => picture[i] > 100).ToArray();
            var larger = Math.Max(inked.Max(i => i % 28) - inked.Min(i => i % 28), inked.Max(i => i / 28) - inked.Min(i => i / 28)) + 1;
            Assert.InRange(larger, 17, 22);
        }
    }

    [Fact]
    public void An_impossible_count_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Generate(new() { TrainCount = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Generate(new() { TrainCount = int.MaxValue }));
    }
}

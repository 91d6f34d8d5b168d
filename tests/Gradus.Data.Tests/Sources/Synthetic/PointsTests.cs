using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gradus.Data.Tests;

public class PointsTests
{
    public static TheoryData<string> Sets => ["spirals", "moons", "circles", "xor"];

    private static DataSplit Make(string name, PointOptions? options = null) => name switch
    {
        "spirals" => Points.Spirals(options),
        "moons" => Points.Moons(options),
        "circles" => Points.Circles(options),
        _ => Points.Xor(options),
    };

    private static float[] Numbers(Dataset data)
    {
        var numbers = new float[data.Count * data.Inputs.Size];
        data.Inputs.CopyRows([.. Enumerable.Range(0, data.Count)], numbers);
        return numbers;
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Points_lie_around_the_unit_square_in_classes_of_equal_size(string name)
    {
        var split = Make(name);

        Assert.Equal((1600, 200, 200), (split.Train.Count, split.Validation.Count, split.Test.Count));
        var labels = split.Train.Labels!.Concat(split.Validation.Labels!).Concat(split.Test.Labels!).ToArray();
        Assert.Equal(1000, labels.Count(label => label == 0));
        Assert.All(Numbers(split.Train), number => Assert.InRange(number, -2.2f, 2.2f));
    }

    [Theory]
    [InlineData("spirals", "084f9cefd312680a")]
    [InlineData("moons", "fe3935ca80082d74")]
    [InlineData("circles", "94b7dc0cb5bbf8c2")]
    [InlineData("xor", "e884e0db88dfb599")]
    public void The_same_seed_gives_the_same_bits_everywhere(string name, string bits)
    {
        var numbers = Numbers(Make(name, new() { Seed = 42 }).Train);

        Assert.Equal(bits, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(numbers.AsSpan())))[..16]);
        Assert.NotEqual(numbers, Numbers(Make(name, new() { Seed = 43 }).Train));
    }

    [Fact]
    public void Without_noise_circles_are_circles_and_the_xor_of_signs_is_the_class()
    {
        var circles = Points.Circles(new() { Noise = 0 }).Train;
        var xor = Points.Xor(new() { Noise = 0 }).Train;

        var points = Numbers(circles);
        for (var i = 0; i < circles.Count; i++)
            Assert.Equal(circles.Labels![i] == 0 ? 1 : 0.5, Math.Sqrt(points[2 * i] * points[2 * i] + points[2 * i + 1] * points[2 * i + 1]), 1e-6);
        points = Numbers(xor);
        for (var i = 0; i < xor.Count; i++) Assert.Equal(xor.Labels![i] == 1, (points[2 * i] < 0) != (points[2 * i + 1] < 0));
    }

    [Fact]
    public void Spirals_have_as_many_classes_as_arms()
    {
        var split = Points.Spirals(new() { Count = 300 }, arms: 3);

        Assert.Equal(["A", "B", "C"], split.Train.ClassNames!);
        Assert.Equal(2, split.Train.Labels!.Max());
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Points.Spirals(arms: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Points.Moons(new() { Count = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Points.Moons(new() { Count = int.MaxValue }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Points.Moons(new() { Noise = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Points.Moons(new() { Noise = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Points.Moons(new() { ValidationShare = 1 }));
    }
}

namespace Gradus.Data.Tests;

public class MixTests
{
    private static readonly int[] All = [.. Enumerable.Range(0, 300)];

    // Each picture has one value of its own everywhere, and the classes are 0, 1, 2.
    private static readonly Dataset Data = Dataset.OfClasses(
        "plain", [1, 8, 8], Inputs.Of([.. All.SelectMany(static row => Enumerable.Repeat((float)row, 64))], 64),
        [.. All.Select(static row => row % 3)], ["a", "b", "c"]);

    [Fact]
    public void Mixed_samples_have_the_classes_in_their_shares()
    {
        // when
        var batch = Data.MixUp(new() { Alpha = 1, Seed = 3 }).Read(All, 0);
        var (inputs, targets) = (batch.Input.ToArray<float>().Chunk(64).ToArray(), batch.Target.ToArray<float>().Chunk(3).ToArray());

        // then: one's own class has the share λ, and the value is λ · row + (1 − λ) · partner, of a partner of the other class
        Assert.Equal([300, 3], batch.Target.Shape.ToArray());
        for (var row = 0; row < 300; row++)
        {
            Assert.Equal(1, targets[row].Sum(), 5);
            Assert.All(inputs[row], value => Assert.Equal(inputs[row][0], value));
            var share = targets[row][row % 3];
            if (share > 0.9) continue;
            var partner = (inputs[row][0] - (share * row)) / (1 - share);
            Assert.Equal(Math.Round(partner), partner, 1);
            Assert.Equal(1 - share, targets[row][(int)Math.Round(partner) % 3], 4);
        }

        Assert.InRange(targets.Count(static target => target.Max() < 0.9), 140, 190);
    }

    [Fact]
    public void A_cut_in_rectangle_has_the_area_that_the_target_says()
    {
        // when
        var batch = Data.CutMix(new() { Seed = 3 }).Read(All, 0);
        var (inputs, targets) = (batch.Input.ToArray<float>().Chunk(64).ToArray(), batch.Target.ToArray<float>().Chunk(3).ToArray());

        // then
        for (var row = 0; row < 300; row++)
        {
            var others = inputs[row].Where(value => value != row).ToArray();
            Assert.True(others.Distinct().Count() <= 1);
            var partner = others.Length == 0 ? row : (int)others[0];
            var expected = new float[3];
            expected[row % 3] += 1 - (others.Length / 64f);
            expected[partner % 3] += others.Length / 64f;
            Assert.All(expected.Zip(targets[row]), static pair => Assert.Equal(pair.First, pair.Second, 5));
        }

        Assert.InRange(inputs.Count(static picture => picture.Distinct().Count() == 2), 270, 300);
    }

    [Fact]
    public void What_becomes_of_a_sample_does_not_depend_on_its_batch()
    {
        var several = Data.Augment(1, new Shift()).MixUp(new() { Classes = 3 }).CutMix(new() { Probability = 0.5 });
        foreach (var source in new[] { Data.MixUp(), Data.CutMix(), several })
        {
            // when
            var together = source.Read(All, 2);
            var alone = source.Read([17], 2);

            // then
            Assert.Equal(together.Input[17].ToArray<float>(), alone.Input.ToArray<float>());
            Assert.Equal(together.Target[17].ToArray<float>(), alone.Target.ToArray<float>());
            Assert.NotEqual(together.Input.ToArray<float>(), source.Read(All, 3).Input.ToArray<float>());
        }
    }

    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        // when
        var (sums, cuts) = (Data.MixUp().Read(All, 1), Data.CutMix(new() { Alpha = 0.5 }).Read(All, 1));

        // then
        Assert.Equal(("4FB2CF5A72FC7E20", "82AE5107C26D154B"), Hashes(sums));
        Assert.Equal(("901CF7965D37024A", "C8ABFD6483B7C61A"), Hashes(cuts));

        static (string Input, string Target) Hashes(Labeled batch) =>
            (AugmentTests.Hash(batch.Input.ToArray<float>()), AugmentTests.Hash(batch.Target.ToArray<float>()));
    }

    [Fact]
    public void As_many_are_mixed_as_the_probability_says()
    {
        // when
        var targets = Data.MixUp(new() { Alpha = 100, Probability = 0.4 }).Read(All, 0).Target.ToArray<float>().Chunk(3);
        var none = Data.CutMix(new() { Probability = 0 }).Read(All, 0);

        // then: 120 of 300, two thirds of them with one of another class
        Assert.InRange(targets.Count(static target => target.Max() < 1), 60, 100);
        Assert.Equal(Data.Read(All).Input.ToArray<float>(), none.Input.ToArray<float>());
        Assert.All(none.Target.ToArray<float>().Chunk(3), static target => Assert.Equal(1, target.Max()));
    }

    [Fact]
    public void Numeric_targets_are_mixed_as_inputs_are()
    {
        // given
        var lines = Dataset.OfTargets("lines", [1], Inputs.Of([.. All.Select(static row => (float)row)], 1), [.. All.Select(static row => 2f * row)]);

        // when
        var batch = lines.MixUp(new() { Alpha = 1 }).Read(All, 0);

        // then
        Assert.All(batch.Input.ToArray<float>().Zip(batch.Target.ToArray<float>()), static pair => Assert.Equal(2 * pair.First, pair.Second, 3));
    }

    [Theory, InlineData(0.2), InlineData(0.5), InlineData(1), InlineData(3)]
    public void Shares_are_of_the_beta_distribution(double alpha)
    {
        // given
        var random = new SampleRandom(seed: 8, epoch: 0, sample: 0);

        // when
        double[] shares = [.. Enumerable.Range(0, 20_000).Select(_ => Beta.Symmetric(alpha, random))];

        // then
        Assert.All(shares, static share => Assert.InRange(share, 0, 1));
        Assert.Equal(0.5, shares.Average(), 0.01);
        Assert.Equal(1 / (4 * ((2 * alpha) + 1)), shares.Average(static share => (share - 0.5) * (share - 0.5)), 0.005);
    }

    [Fact]
    public void What_cannot_be_mixed_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => Data.MixUp(new() { Alpha = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Data.MixUp(new() { Probability = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Data.MixUp(new() { Classes = 0 }));
        Assert.Throws<GradusException>(static () => Data.MixUp(new() { Classes = 2 }).Read(All, 0));
        var unnamed = Assert.Throws<GradusException>(static () => Data.Take(10).MixUp().Read([0], 0));
        Assert.Contains("Classes = 10", unnamed.Message, StringComparison.Ordinal);
        var flat = Data.Map(static batch => batch with { Input = batch.Input.Reshape(-1, 64) }).CutMix(new() { Classes = 3 });
        var whole = Data.Map(static batch => batch with { Input = batch.Target }).MixUp(new() { Classes = 3 });
        Assert.Throws<GradusException>(() => flat.Read([0], 0));
        Assert.Throws<GradusException>(() => whole.Read([0], 0));
        Assert.Equal(0, Data.MixUp().Read([], 0).Input.Count);
    }
}

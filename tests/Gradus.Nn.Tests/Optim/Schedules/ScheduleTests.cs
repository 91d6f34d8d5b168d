namespace Gradus.Nn.Tests;

public class ScheduleTests
{
    /// <summary>Each schedule, how it prints, and factors at some steps, as PyTorch's scheduler of the same name gives them.</summary>
    private static readonly (Schedule Schedule, string Text, (long Step, double Factor)[] Table)[] All =
    [
        (Schedule.Constant, "Constant", [(0, 1), (1000, 1)]),
        (Schedule.Of(static step => 1.0 / (1 + step), "1 / (1 + t)"), "Of(1 / (1 + t))", [(0, 1), (3, 0.25)]),
        (Schedule.Multiplicative(static step => step % 2 == 0 ? 0.5 : 1, "halves"), "Multiplicative(halves)", [(0, 1), (1, 1), (2, 0.5), (5, 0.25), (2, 0.5)]),
        (Schedule.Step(10, 0.5), "Step(10, 0.5)", [(0, 1), (9, 1), (10, 0.5), (35, 0.125)]),
        (Schedule.MultiStep([3, 5]), "MultiStep([3, 5], 0.1)", [(2, 1), (3, 0.1), (4, 0.1), (5, 0.01)]),
        (Schedule.Held(0.5, 4), "Held(0.5, 4)", [(0, 0.5), (3, 0.5), (4, 1)]),
        (Schedule.Linear(0.5, 1, 4), "Linear(0.5, 1, 4)", [(0, 0.5), (1, 0.625), (4, 1), (9, 1)]),
        (Schedule.Exponential(0.9), "Exponential(0.9)", [(0, 1), (1, 0.9), (3, 0.729)]),
        (Schedule.Polynomial(4, 2), "Polynomial(4, 2)", [(0, 1), (1, 0.5625), (2, 0.25), (4, 0), (9, 0)]),
        (Schedule.CosineAnnealing(10, 0.1), "CosineAnnealing(10, 0.1)", [(0, 1), (5, 0.55), (10, 0.1), (20, 1)]),
        (Schedule.Exponential(0.9) * Schedule.Held(0.1, 2), "Exponential(0.9) * Held(0.1, 2)", [(0, 0.1), (1, 0.09), (2, 0.81)]),
        (Schedule.Held(0.1, 2).Then(2, Schedule.Exponential(0.9)), "Held(0.1, 2).Then(2, Exponential(0.9))", [(0, 0.1), (1, 0.1), (2, 1), (3, 0.9), (4, 0.81)]),
        (Schedule.Cyclic(0.2, 4), "Cyclic(0.2, 4, 4, Triangular, 1)", [(0, 0.2), (2, 0.6), (4, 1), (6, 0.6), (8, 0.2), (12, 1)]),
        (Schedule.Cyclic(0.2, 4, 2, CycleShape.Halving), "Cyclic(0.2, 4, 2, Halving, 1)", [(4, 1), (5, 0.6), (6, 0.2), (10, 0.6), (11, 0.4)]),
        (Schedule.Cyclic(0.2, 4, 4, CycleShape.Exponential, 0.9), "Cyclic(0.2, 4, 4, Exponential, 0.9)", [(0, 0.2), (4, 0.2 + (0.8 * 0.6561))]),
        (Schedule.OneCycle(11, start: 10, end: 100), "OneCycle(11, 0.3, 10, 100)", [(0, 0.1), (10, 0.001), (11, 0.001)]),
        (Schedule.OneCycle(10, 0.5, 10, 100, linear: true), "OneCycle(10, 0.5, 10, 100, linear)", [(0, 0.1), (2, 0.55), (4, 1), (9, 0.001)]),
        (Schedule.OneCycle(10, 0.4, 10, 100, linear: true, threePhases: true),
            "OneCycle(10, 0.4, 10, 100, linear, three phases)", [(0, 0.1), (3, 1), (6, 0.1), (9, 0.001)]),
        (Schedule.CosineWarmRestarts(4, 2), "CosineWarmRestarts(4, 2, 0)", [(0, 1), (2, 0.5), (4, 1), (8, 0.5), (12, 1), (20, 0.5)]),
        (Schedule.CosineWarmRestarts(4), "CosineWarmRestarts(4, 1, 0)", [(0, 1), (2, 0.5), (4, 1), (1_000_002, 0.5)]),
        (Schedule.Cosine(110, warmup: 10), "Cosine(110, warmup: 10)", [(0, 1.0 / 11), (9, 10.0 / 11), (10, 1), (60, 0.5), (110, 0), (200, 0)]),
        (Schedule.Warmup(3), "Warmup(3)", [(0, 0.25), (2, 0.75), (3, 1), (9, 1)]),
        (Schedule.Noam(512, 4000), "Noam(512, 4000)", [(0, 1.7469281074217108e-07), (3999, 0.0006987712429686843), (15_999, 0.00034938562148434214)]),
        (Schedule.InverseSquareRoot(4), "InverseSquareRoot(4)", [(0, 0.2), (3, 0.8), (4, 1), (19, 0.5)]),
        (Schedule.WarmupStableDecay(20, 4, 10, 0.5), "WarmupStableDecay(20, 4, 10, 0.5)", [(0, 0.2), (4, 1), (10, 1), (15, 0.75), (20, 0.5), (90, 0.5)]),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, All.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void A_schedule_gives_the_factors_of_its_table_and_prints(int number)
    {
        // given
        var (schedule, text, table) = All[number];

        // when
        var factors = table.Select(entry => schedule.At(entry.Step));

        // then
        Assert.All(table.Zip(factors), static pair => Assert.Equal(pair.First.Factor, pair.Second, 1e-12));
        Assert.Equal(text, schedule.ToString());
    }

    [Fact]
    public void Every_schedule_is_in_the_table()
    {
        // given
        var texts = string.Join(' ', All.Select(static entry => entry.Text));

        // when
        var missing = typeof(Schedule).GetMembers()
            .Where(static member =>
                member.DeclaringType == typeof(Schedule) && !member.Name.Contains('_', StringComparison.Ordinal) && member.Name is not ("At" or "ToString"))
            .Select(static member => member.Name).Where(name => !texts.Contains(name, StringComparison.Ordinal));

        // then
        Assert.Empty(missing);
    }

    [Fact]
    public void A_schedule_over_no_steps_or_before_the_first_is_an_error()
    {
        // when
        Func<object>[] acts = [static () => Schedule.Step(0), static () => Schedule.Noam(0, 5),
            static () => Schedule.WarmupStableDecay(9, 6, 4), static () => Schedule.Constant.At(-1)];

        // then
        Assert.Equal(
            [
                "schedule: Step's size is 0, expected at least 1.", "schedule: Noam's width is 0, expected at least 1.",
                "schedule: WarmupStableDecay's warmup is 6 and its decay 4, expected no more steps than its total, 9.",
                "schedule: step -1, expected at least 0.",
            ],
            acts.Select(static act => Assert.Throws<GradusException>(act).Message));
    }

    [Fact]
    public void The_factor_falls_when_a_metric_has_stopped_getting_better()
    {
        // given
        var plateau = new ReduceOnPlateau(new() { Factor = 0.5, Patience = 1, Cooldown = 1, Least = 0.2 });
        double[] losses = [3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1];

        // when: half-way the state moves to another
        var factors = losses.Take(5).Select(plateau.Update).ToList();
        var other = new ReduceOnPlateau(new() { Factor = 0.5, Patience = 1, Cooldown = 1, Least = 0.2 });
        other.LoadState(plateau.State());
        factors.AddRange(losses.Skip(5).Select(other.Update));

        // then
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2], factors);
        Assert.Equal("ReduceOnPlateau(0.5, patience 1)", plateau.ToString());
    }

    [Fact]
    public void Counts_of_a_plateau_beyond_31_bits_stay_what_they_are()
    {
        // given
        var plateau = new ReduceOnPlateau(new() { Factor = 0.5, Patience = int.MaxValue });
        plateau.Update(1);
        var state = plateau.State().ToDictionary();
        state["worse"] = Tensor.Scalar((long)int.MaxValue);
        state["cooldown"] = Tensor.Scalar(1L << 40);

        // when: a long rest goes on; after it, one more than the patience
        plateau.LoadState(state);
        plateau.Update(2);
        var resting = plateau.State()["cooldown"].Item<long>();
        state["cooldown"] = Tensor.Scalar(0L);
        plateau.LoadState(state);

        // then
        Assert.Equal((1L << 40) - 1, resting);
        Assert.Equal(0.5, plateau.Update(2));
    }

    [Fact]
    public void An_accuracy_is_to_grow()
    {
        // given
        var plateau = new ReduceOnPlateau(new() { Maximize = true, IsAbsolute = true, Threshold = 0.1, Patience = 0 });

        // when
        double[] factors = [plateau.Update(0.5), plateau.Update(0.7), plateau.Update(0.75)];

        // then
        Assert.Equal([1, 1, 0.1], factors);
    }

    [Theory, InlineData(false, -1.0), InlineData(false, 1.0), InlineData(true, -1.0), InlineData(true, 1.0)]
    public void A_plateau_counts_a_share_of_the_best_value_whatever_its_sign(bool maximize, double best)
    {
        // given: changes of a tenth of a thousandth count; those of a hundred thousandth do not
        var plateau = new ReduceOnPlateau(new() { Maximize = maximize, Patience = 0, Factor = 0.5, Threshold = 1e-4 });
        var better = maximize ? 1 : -1;
        plateau.Update(best);

        // when
        var much = plateau.Update(best + (better * 2e-4));
        var little = plateau.Update(best + (better * 2.5e-4));
        var worse = plateau.Update(best - better);

        // then
        Assert.Equal((1, 0.5, 0.25), (much, little, worse));
    }

    [Fact]
    public void A_plateau_of_a_falling_negative_metric_keeps_its_factor_and_one_that_stays_does_not()
    {
        // given
        ReduceOnPlateau falling = new(new() { Patience = 2 }), resting = new(new() { Patience = 2 }), lost = new(new() { Patience = 2 });

        // when
        for (var epoch = 0; epoch < 10; epoch++) falling.Update(-10 - epoch);
        for (var epoch = 0; epoch < 4; epoch++) resting.Update(-10);
        for (var epoch = 0; epoch < 3; epoch++) lost.Update(double.NaN);

        // then
        Assert.Equal((1, 0.1, 0.1), (falling.Factor, resting.Factor, lost.Factor));
    }

    [Fact]
    public void All_warm_ups_go_up_alike()
    {
        // given
        Schedule[] schedules = [Schedule.Warmup(5), Schedule.Cosine(50, 5), Schedule.WarmupStableDecay(50, 5, 10), Schedule.InverseSquareRoot(5)];

        // then
        for (var step = 0; step <= 5; step++) Assert.All(schedules, schedule => Assert.Equal((step + 1) / 6.0, schedule.At(step), 1e-15));
    }

    [Fact]
    public void Settings_that_are_no_numbers_are_refused()
    {
        Action[] wrong =
        [
            static () => Schedule.Exponential(double.NaN), static () => Schedule.Step(3, double.PositiveInfinity),
            static () => Schedule.MultiStep([1], -1), static () => Schedule.Held(double.NaN),
            static () => Schedule.Linear(double.NaN), static () => Schedule.Linear(1, -1),
            static () => Schedule.Polynomial(3, double.NaN), static () => Schedule.Cosine(0), static () => Schedule.Cosine(5, -1),
            static () => Schedule.CosineAnnealing(5, double.NaN), static () => Schedule.CosineWarmRestarts(5, 1, -1),
            static () => Schedule.Cyclic(double.NaN), static () => Schedule.Cyclic(0.1, gamma: -1),
            static () => Schedule.OneCycle(5, double.NaN), static () => Schedule.OneCycle(5, 1.5),
            static () => Schedule.OneCycle(5, start: 0), static () => Schedule.OneCycle(5, end: double.PositiveInfinity),
            static () => Schedule.WarmupStableDecay(9, 1, 2, double.NaN),
            static () => Schedule.Of(static _ => double.NaN).At(0), static () => Schedule.Noam(0, 5),
            static () => new ReduceOnPlateau(new() { Threshold = double.NaN }),
            static () => new ReduceOnPlateau(new() { Threshold = -1 }), static () => new ReduceOnPlateau(new() { Cooldown = -1 }),
            static () => new ReduceOnPlateau(new() { Least = double.NaN }), static () => new ReduceOnPlateau(new() { Factor = double.NaN }),
        ];

        // then
        Assert.All(wrong, static act => Assert.Throws<GradusException>(act));
    }

    [Fact]
    public void A_plateaus_state_that_does_not_fit_changes_nothing()
    {
        // given
        var plateau = new ReduceOnPlateau(new() { Patience = 0, Factor = 0.5 });
        plateau.Update(1);
        plateau.Update(2);
        var state = plateau.State().ToDictionary();
        state["factor"] = Tensor.Scalar(0.25);
        state.Remove("worse");

        // when
        var error = Assert.Throws<GradusException>(() => plateau.LoadState(state));

        // then
        Assert.Equal("state: it does not fit ReduceOnPlateau: worse is missing.", error.Message);
        Assert.Equal(0.5, plateau.Factor);
    }
}

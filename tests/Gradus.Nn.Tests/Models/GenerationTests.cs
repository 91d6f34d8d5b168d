namespace Gradus.Nn.Tests.Models;

public class GenerationTests
{
    private static readonly Gpt Model = Make();

    [Fact]
    public void Equal_seeds_write_alike_and_others_otherwise()
    {
        // when
        int[] first = Write(new() { Seed = 1 }), again = Write(new() { Seed = 1 }), other = Write(new() { Seed = 2 });

        // then
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.All(first, static token => Assert.InRange(token, 0, 9));
    }

    [Fact]
    public void Without_temperature_or_choice_the_likeliest_comes()
    {
        // given
        var likeliest = Model.Forward(Tensor.Of([[3, 1]])).Select(1, -1).ArgMax().Item<int>();

        // when
        int[] cold = Write(new() { Temperature = 0 }), narrow = Write(new() { TopK = 1, Seed = 5 }),
            nearlyCold = Write(new() { Temperature = 1e-300, Seed = 9 });

        // then
        Assert.Equal(likeliest, cold[0]);
        Assert.Equal(cold, narrow);
        Assert.Equal(cold, nearlyCold);
    }

    [Fact]
    public void Only_the_likeliest_are_chosen_from()
    {
        // given: what comes after one token
        var order = Model.Forward(Tensor.Of([[3]]))[0, 0].ArgSort(descending: true).ToArray<int>();

        // when
        var chosen = Enumerable.Range(0, 200).Select(seed => Model.Generate([3], new() { TopK = 3, Seed = seed, Temperature = 10 }).First()).ToHashSet();

        // then
        Assert.Equal(order[..3].Order(), chosen.Order());
    }

    [Fact]
    public void Only_as_few_are_chosen_from_as_hold_a_probability_together()
    {
        // given: what comes after one token, and a probability between those of the likeliest two and three
        var logits = Model.Forward(Tensor.Of([[3]]))[0, 0].To(DType.Float64);
        var order = logits.ArgSort(descending: true).ToArray<int>();
        var sums = (logits / 10).Softmax().Sort(descending: true).Value.CumSum(0).ToArray<double>();
        var options = new SamplingOptions { TopP = (sums[1] + sums[2]) / 2, Temperature = 10 };

        // when
        var chosen = Enumerable.Range(0, 200).Select(seed => Model.Generate([3], options with { Seed = seed }).First()).ToHashSet();
        var least = Enumerable.Range(0, 20).Select(seed => Model.Generate([3], options with { TopP = 1e-9, Seed = seed }).First()).ToHashSet();

        // then
        Assert.Equal(order[..3].Order(), chosen.Order());
        Assert.Equal([order[0]], least);
        Assert.Equal(Write(new() { Seed = 4 }), Write(new() { TopP = 1, Seed = 4 }));
    }

    [Fact]
    public void Tokens_come_as_often_as_they_are_likely()
    {
        // given
        var probabilities = (Model.Forward(Tensor.Of([[3]]))[0, 0] / 2).Softmax().ToArray<float>();

        // when
        var counts = Enumerable.Range(0, 2000)
            .Select(static seed => Model.Generate([3], new() { Temperature = 2, Seed = seed }).First()).CountBy(static token => token).ToDictionary();

        // then: within four standard deviations
        for (var token = 0; token < 10; token++)
        {
            var expected = 2000 * probabilities[token];
            Assert.InRange(counts.GetValueOrDefault(token), expected - (4 * Math.Sqrt(expected)) - 1, expected + (4 * Math.Sqrt(expected)) + 1);
        }
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        // given
        Action[] acts =
        [
            static () => Model.Generate([]), static () => Model.Generate([10]), static () => Model.Generate([-1]),
            static () => Model.Generate([1], new() { TopK = 0 }),
            static () => Model.Generate([1], new() { Temperature = -1 }), static () => Model.Generate([1], new() { Temperature = double.NaN }),
            static () => Model.Generate([1], new() { TopP = 0 }), static () => Model.Generate([1], new() { TopP = double.NaN }),
        ];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.Equal(
            [
                "generate: the prompt is empty; expected at least one token.", "generate: 10 in the prompt is no token; expected 0 … 9.",
                "generate: -1 in the prompt is no token; expected 0 … 9.",
                "sampling: top-k is 0, expected at least 1.", "sampling: the temperature is -1, expected a finite number from 0 on.",
                "sampling: the temperature is NaN, expected a finite number from 0 on.",
                "sampling: top-p is 0, expected a number above 0, at most 1.", "sampling: top-p is NaN, expected a number above 0, at most 1.",
            ],
            messages);
    }

    private static int[] Write(SamplingOptions options) => [.. Model.Generate([3, 1], options).Take(30)];

    private static Gpt Make()
    {
        var gpt = new Gpt(10, new() { Layers = 1, Heads = 2, Width = 8, Context = 12 });
        gpt.Initialize(3);
        foreach (var parameter in gpt.Parameters()) parameter.Value.Detach().CopyFrom(parameter.Value.Detach() * 5);
        gpt.Eval();
        return gpt;
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Logits_that_are_NaN_choose_no_token(double temperature)
    {
        // given
        var options = new SamplingOptions { Temperature = temperature };

        // then
        Assert.StartsWith("sampling: the network gives logits that are NaN or infinite",
            Assert.Throws<GradusException>(() => options.Choose(Tensor.Of(1f, float.NaN, 2f), new Generator(1))).Message);
        Assert.Equal(1, options.Choose(Tensor.Of(float.NegativeInfinity, 1f), new Generator(1)));
    }
}

using System.Text.Json;

namespace Gradus.Studio.Tests;

public class StudioEngineTests
{
    [Fact]
    public void A_graph_is_the_line_of_the_command_line()
    {
        // given
        var graph = Expression.Parse("y = 3 * x ** 2 - 2 * x").Evaluate(Expression.ParseValues("x=-1.3"));

        // then
        Assert.Equal(JsonWriter.Write(graph), new StudioEngine().Answer("""{"do":"graph","expression":"y = 3 * x ** 2 - 2 * x","at":"x=-1.3"}"""));
    }

    [Theory]
    [InlineData("""{"do":"graph","expression":"3*x**"}""", "\"position\":5")]
    [InlineData("""{"do":"graph"}""", "expression: it is missing")]
    [InlineData("""{"do":"fly"}""", "do: 'fly' is not known")]
    [InlineData("""[1]""", "expected a JSON object")]
    [InlineData("""{"do":""", "error")]
    [InlineData("""{"do":"advance"}""", "nothing is being played")]
    [InlineData("""{"do":"play","layers":[0]}""", "neurons of a layer: got 0, expected 1 to 12")]
    [InlineData("""{"do":"play","layers":[1,1,1,1,1,1,1,1,1]}""", "at most 8")]
    [InlineData("""{"do":"play","data":"7"}""", "data: got '7', expected one of spirals")]
    [InlineData("""{"do":"play","rate":"fast"}""", "rate: got 'fast', expected a number")]
    [InlineData("""{"do":"play","data":"plane","loss":"crossEntropy"}""", "expected Squared, Absolute or Huber")]
    [InlineData("""{"do":"play","data":"own","points":[0,3],"targets":[1]}""", "points: got 3, expected coordinates from -2 to 2")]
    [InlineData("""{"do":"play","data":"own","points":[0,1],"targets":[2]}""", "targets: got 2, expected classes 0 and 1")]
    [InlineData("""{"do":"play","data":"own","points":[0],"targets":[1]}""", "expected two for each")]
    [InlineData("""{"do":"play","noise":1e300}""", "noise: got 1E+300")]
    public void What_cannot_be_done_is_answered_by_a_reason(string message, string expected) =>
        Assert.Contains(expected, new StudioEngine().Answer(message));

    [Fact]
    public void Whatever_comes_is_answered()
    {
        // given
        var (engine, random) = (new StudioEngine(), new Random(1));
        const string sample = """{"do":"view","maps":10,"point":3,"reach":1.5,"layers":[4,3],"data":"moons","step":7,"value":2.5,"layer":0}""";
        engine.Answer("""{"do":"play","count":30}""");

        for (var time = 0; time < 500; time++)
        {
            // when: some characters are others
            var letters = sample.ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--) letters[random.Next(letters.Length)] = sample[random.Next(sample.Length)];

            // then
            Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(engine.Answer(new string(letters))).RootElement.ValueKind);
        }
    }
}

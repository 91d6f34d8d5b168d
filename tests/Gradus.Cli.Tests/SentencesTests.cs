using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Gradus.Cli.Tests;

/// <summary>Sentences with labels: trained, evaluated and predicted on.</summary>
public sealed class SentencesTests
{
    private static readonly (string Review, int Stars, string Mood)[] Reviews = [.. Enumerable.Range(0, 200).Select(Review)];

    private static (string Review, int Stars, string Mood) Review(int row)
    {
        string[] good = ["good", "great", "lovely", "fine"], bad = ["bad", "awful", "dull", "poor"], things = ["film", "book", "meal", "song", "game"];
        // Numbers that look drawn, and are the same everywhere.
        var drawn = (uint)((row + 1) * 2654435761L >> 7);
        var isPraise = drawn % 2 == 0;
        var sentence = $"The {things[drawn / 16 % 5]}, they say, was {(isPraise ? good : bad)[drawn / 4 % 4]}{(row % 9 == 4 ? " and long" : "")}!";
        return (sentence, (int)((isPraise ? 4 : 1) + (drawn / 400 % 2)), isPraise ? "praise" : "complaint");
    }

    private static void Write(Workplace work)
    {
        var csv = new StringBuilder("number,review,stars,mood\n");
        var lines = new StringBuilder();
        for (var row = 0; row < Reviews.Length; row++)
        {
            var (review, stars, mood) = Reviews[row];
            csv.Append(CultureInfo.InvariantCulture, $"{row},\"{review}\",{stars},{mood}\n");
            var item = new JsonObject { ["number"] = row, ["review"] = review, ["stars"] = stars, ["mood"] = mood };
            lines.Append(item.ToJsonString()).Append('\n');
        }

        work.Write("reviews.csv", csv.ToString());
        work.Write("reviews.jsonl", lines.ToString());
    }

    [Fact]
    public void A_recipe_of_sentences_says_what_is_dropped_and_makes_the_same_model_again()
    {
        // given
        using var work = new Workplace();
        Write(work);
        work.Run("train", "csv:reviews.csv", "--text", "review", "--epochs", "2", "--out", "a").Done();

        // when
        work.Run("train", "a/run.json", "--out", "b").Done();

        // then
        Assert.Contains("\"dropout\":0.2", File.ReadAllText(work["a/run.json"]));
        Assert.Equal(File.ReadAllBytes(work["a/model.safetensors"]), File.ReadAllBytes(work["b/model.safetensors"]));
        Assert.Contains("<th scope=\"col\">Text</th>", File.ReadAllText(work["a/report.html"]));
    }

    [Fact]
    public void Sentences_are_trained_evaluated_predicted_and_explained()
    {
        // given
        using var work = new Workplace();
        Write(work);
        work.Write("new.jsonl", "{\"review\":\"An AWFUL film!\"}\n{\"review\":\"what a lovely meal\"}\n{\"review\":null}\n{\"review\":\"nevermore\"}\n");

        // when
        var shown = work.Run("train", "csv:reviews.csv", "--text", "review", "--epochs", "25", "--out", "o").Done();
        var evaluated = work.Run("evaluate", "o/model.safetensors", "jsonl:reviews.jsonl", "--json").Done().LastJson;
        var predicted = work.Run("predict", "o/model.safetensors", "jsonl:new.jsonl", "--json").Done().Json;
        var told = work.Run("predict", "o/model.safetensors", "jsonl:new.jsonl").Done();
        var explained = work.Run("attribute", "o/model.safetensors", "jsonl:new.jsonl", "--sample", "2").Done();
        var json = work.Run("attribute", "o/model.safetensors", "jsonl:new.jsonl", "--sample", "1", "--json").Done().LastJson;

        // then
        Assert.Contains("reviews: 160 sentences of at most 11 words, ", shown.Output);
        Assert.Contains("model mlp:64,32\n", shown.Output);
        Assert.Contains("column \"stars\": left out: the sentences alone are the input\n", shown.Output);
        Assert.InRange(evaluated.GetProperty("accuracy").GetDouble(), 0.95, 1);
        Assert.Equal(["complaint", "praise"], predicted[..2].Select(static line => line.GetProperty("class").GetString()));
        Assert.Equal(4, predicted.Length);
        Assert.Contains("\nline 1: complaint 0.9", told.Output);
        Assert.Contains("missing values: 1 cells filled", told.Output);
        Assert.Contains("column \"review\": 1 sentence without a word that the model knows\n", told.Output);
        Assert.Matches(@"\n +\(unknown\) +-?[\d.]+ .*\n +\(unknown\) .*\n +lovely +-?[\d.]+ .*\n +meal ", explained.Output);
        Assert.Equal(["(unknown)", "awful", "film", "!"], json.GetProperty("words").EnumerateArray().Select(static word => word.GetString()));
        var occlusion = json.GetProperty("attributions").GetProperty("occlusion").EnumerateArray().Select(static value => value.GetDouble()).ToArray();
        Assert.Equal(1, Array.IndexOf(occlusion, occlusion.Max()));
    }

    [Theory]
    [InlineData("mlp:8")]
    [InlineData("lstm:8")]
    [InlineData("transformer:1,2,8")]
    public void Equal_rows_give_equal_bits_whatever_they_came_through_and_whatever_the_threads(string spec)
    {
        // given
        using var work = new Workplace();
        Write(work);
        string[] train = ["--text", "review", "--target", "stars", "--task", "regress", "--model", spec, "--epochs", "2", "--json"];

        // when
        var csv = work.Run(["train", "csv:reviews.csv", .. train, "--threads", "1", "--out", "one"]).Done().LastJson;
        var lines = work.Run(["train", "jsonl:reviews.jsonl", .. train, "--threads", "3", "--out", "three"]).Done().LastJson;
        var evaluated = work.Run("evaluate", "one/model.safetensors", "jsonl:reviews.jsonl", "--json").Done().LastJson;

        // then: behind the name of its source, one file has the bytes of the other
        Assert.Equal(File.ReadAllBytes(work["one/model.safetensors"])[^1000..], File.ReadAllBytes(work["three/model.safetensors"])[^1000..]);
        Assert.Equal(csv.GetProperty("test_loss").GetDouble(), lines.GetProperty("test_loss").GetDouble());
        Assert.Equal(csv.GetProperty("test_loss").GetDouble(), evaluated.GetProperty("loss").GetDouble());
    }

    [Fact]
    public void A_recipe_says_all_again_and_every_command_takes_the_model()
    {
        // given
        using var work = new Workplace();
        Write(work);
        string[] train = ["train", "csv:reviews.csv", "--text", "review", "--words", "20", "--length", "8", "--model", "gru:4", "--epochs", "2"];
        var shown = work.Run([.. train, "--out", "o"]).Done();

        // when
        work.Run("train", "o/run.json", "--out", "again").Done();
        var doctor = work.Run("doctor", "o/model.safetensors", "--data", "csv:reviews.csv").Done();
        var inspected = work.Run("inspect", "o/model.safetensors", "--layers").Done();
        work.Run("graph", "o/model.safetensors", "--data", "csv:reviews.csv", "--sample", "7", "--json").Done();
        var tuned = work.Run("train", "jsonl:reviews.jsonl", "--from", "o/model.safetensors", "--epochs", "1", "--out", "tuned").Done();

        // then
        var recipe = File.ReadAllText(work["o/run.json"]);
        Assert.Contains("\"text\":\"review\",\"words\":20,\"length\":8,", recipe);
        Assert.Equal(File.ReadAllBytes(work["o/model.safetensors"]), File.ReadAllBytes(work["again/model.safetensors"]));
        Assert.Contains("words Embedding", doctor.Output);
        Assert.Contains("words: Embedding(22 → 4, padding index 0)", inspected.Output);
        Assert.Matches("column \"review\": \\d+ sentences longer than 8 words cut at the end\n", shown.Output);
        Assert.Contains("160 sentences", tuned.Output);
    }

    [Fact]
    public void What_cannot_be_is_told_in_one_line()
    {
        // given
        using var work = new Workplace();
        Write(work);
        void Refused(int code, string message, params string[] options) =>
            work.Run(["train", "csv:reviews.csv", .. options, "--out", "o"]).Failed(code, message);

        // then
        Refused(1, "reviews.csv: no text column \"revue\". Columns 0 to 3: ", "--text", "revue");
        Refused(1, "column \"review\" cannot be both the sentences and the target. Name another target with --target, or other sentences with --text.",
            "--text", "review", "--target", "review");
        Refused(2, "--text and --window exclude each other: a table is read as sentences or as a time series.", "--text", "review", "--window", "3");
        Refused(2, "--words is for sentences: say in which column they are with --text.", "--words", "3");
        Refused(2, "--length is for sentences: say in which column they are with --text.", "--length", "3");
        Refused(2, "--length", "--text", "review", "--length", "4097");
        Refused(2, "--words", "--text", "review", "--words", "0");
        Refused(2, "model 'cnn' takes pictures of at least 4 × 4; these data are sentences [11].", "--text", "review", "--model", "cnn");
        work.Run("train", "xor", "--text", "review").Failed(2, "--text is for tables only.");
        work.Write("one.csv", "review,mood\n" + string.Concat(Enumerable.Repeat("a b c,praise\n", 30)));
        work.Run("train", "csv:one.csv", "--text", "review").Failed(1, "the target \"mood\" has one value only, \"praise\": nothing to tell apart.");
        work.Run("train", "csv:reviews.csv", "--text", "review", "--epochs", "1", "--out", "o").Done();
        work.Run("attribute", "o/model.safetensors", "csv:reviews.csv", "--method", "smoothgrad")
            .Failed(2, "--method: smoothgrad says nothing of words; choose from gradient-times-input, integrated-gradients, occlusion.");
        work.Run("sample", "o/model.safetensors").Failed(1, "this model was trained on csv; only a model that was trained on text:FILE generates text.");
        work.Run("evaluate", "o/model.safetensors", "xor").Failed(1, "xor: its samples are rows of a table [2]; the model takes sentences [11].");
        work.Write("empty.jsonl", "{\"review\":null}\n");
        work.Run("attribute", "o/model.safetensors", "jsonl:empty.jsonl").Failed(1, "the sentence has no words, so that nothing can be explained by them.");
    }
}

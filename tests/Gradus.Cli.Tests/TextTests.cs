using System.Text.Json;

namespace Gradus.Cli.Tests;

/// <summary>A text from training to writing.</summary>
public sealed class TextTests
{
    private static readonly string[] Train = ["train", "text:t.txt", "--model", "gpt:1,2,16,8", "--batch-size", "8", "--lr", "0.02"];

    [Fact]
    public void A_text_is_learnt_evaluated_inspected_and_written()
    {
        // given
        using var work = Make();

        // when
        var events = work.Run([.. Train, "--steps", "100", "--json", "--out", "o"]).Done().Json;
        var evaluated = work.Run("evaluate", "o/model.safetensors", "text:t.txt", "--json").Done().LastJson;
        var inspected = work.Run("inspect", "o/model.safetensors", "--layers").Done();
        var written = work.Run("sample", "o/model.safetensors", "--prompt", "my cat hunts", "--length", "20", "--temperature", "0").Done();

        // then
        Assert.Equal((1080, 120, 0, 18), (Int(events[0], "train"), Int(events[0], "valid"), Int(events[0], "test"), Int(events[0], "classes")));
        var validations = events.Where(static happened => happened.GetProperty("event").GetString() == "epoch").ToArray();
        Assert.Equal(Enumerable.Range(1, 10).Select(static tenth => 10 * tenth), validations.Select(static happened => Int(happened, "step")));
        Assert.Equal(
            ["event", "best_epoch", "valid_loss", "valid_bits_per_byte", "model", "seconds"],
            events[^1].EnumerateObject().Select(static member => member.Name));
        var best = events[^1].GetProperty("valid_loss").GetDouble();
        Assert.Equal(validations.Min(static happened => happened.GetProperty("valid_loss").GetDouble()), best);
        Assert.Equal(("valid", 112, best), (evaluated.GetProperty("split").GetString(), Int(evaluated, "samples"), evaluated.GetProperty("loss").GetDouble()));
        Assert.Contains("h.0.attn.c_attn.weight   F32    [48,16]", inspected.Output);
        Assert.Contains("attn: CausalSelfAttention(16, 2 heads)", inspected.Output);
        Assert.Equal("my cat hunts big foxes. my cat h\n", written.Output);
        Assert.Contains("\"data\":\"text:t.txt\",\"model\":\"gpt:1,2,16,8\"", File.ReadAllText(work["o/run.json"]));
    }

    [Fact]
    public void The_same_seed_learns_and_writes_the_same_whatever_the_threads_and_the_vectors()
    {
        // given
        using var work = Make();
        work.Run([.. Train, "--steps", "5", "--threads", "1", "--out", "o"]).Done();
        work.Run([.. Train, "--steps", "5", "--threads", "3", "--out", "p"]).Done();
        string[] sample = ["sample", "o/model.safetensors", "--prompt", "my c", "--length", "60", "--temperature", "1.5", "--top-k", "6"];

        // when
        string Write(params string[] options) => work.Run([.. sample, .. options]).Done().Output;
        var text = Write("--seed", "3");
        var json = JsonDocument.Parse(Write("--seed", "3", "--json")).RootElement;

        var narrow = Cli.RunAlone([.. sample, "--seed", "3"], work.Path, ("DOTNET_EnableAVX512", "0")).Done().Output;

        // then
        Assert.Equal(work.Hash("o/model.safetensors"), work.Hash("p/model.safetensors"));
        Assert.Equal(text, narrow);
        Assert.StartsWith("my c", text);
        Assert.Equal(65, text.Length);
        Assert.Equal(text, Write("--seed", "3", "--threads", "1"));
        Assert.NotEqual(text, Write("--seed", "4"));
        Assert.Equal(["prompt", "text", "temperature", "top_k", "seed"], json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(text, $"{json.GetProperty("prompt").GetString()}{json.GetProperty("text").GetString()}\n");
    }

    [Fact]
    public void Without_options_a_text_begins_with_a_new_line_or_what_there_is()
    {
        // given
        using var work = Make();
        work.Write("lines.txt", string.Concat(Enumerable.Repeat("ab\n", 100)));
        work.Run([.. Train, "--steps", "1", "--out", "o"]).Done();
        work.Run("train", "text:lines.txt", "--model", "gpt:1,1,4,4", "--steps", "1", "--out", "p").Done();

        // then
        Assert.Equal("\n", work.Run("sample", "p/model.safetensors", "--json").Done().LastJson.GetProperty("prompt").GetString());
        Assert.Equal(" ", work.Run("sample", "o/model.safetensors", "--length", "3", "--json").Done().LastJson.GetProperty("prompt").GetString());
        Assert.Equal(502, work.Run("sample", "p/model.safetensors").Done().Output.Length);
    }

    [Fact]
    public void Progress_is_told_in_steps_tokens_and_bits_per_byte()
    {
        // given
        using var work = Make();

        // when
        var plain = work.Run([.. Train, "--steps", "20", "--out", "o"]).Done();
        var terminal = Cli.RunInTerminal([.. Train, "--steps", "20", "--out", "p"], work.Path).Done();

        // then
        Assert.Equal("t.txt: 1080 tokens, 18 different ones, in windows of 8; 120 for validation; model gpt:1,2,16,8", plain.Lines[0]);
        Assert.Matches(
            @"^step    18  train loss \d\.\d{4}  valid loss \d\.\d{4}, \d\.\d{4} bits/byte +[\d,]+ tokens/s  \d+\.\d s(  best)?  about \d+ s left$",
            plain.Lines[9]);
        Assert.Matches(@"^valid loss \d\.\d{4}, \d\.\d{4} bits/byte \(step \d+, \d+\.\d s\)$", plain.Lines[^3]);
        Assert.Matches(@"step    20  train loss \d\.\d{4}  valid loss \d\.\d{4}", terminal.Output);
        Assert.Contains("tokens/s", terminal.Output);
    }

    [Theory]
    [InlineData("lstm:12")]
    [InlineData("gru:12,2")]
    public void Recurrent_models_learn_and_write_text(string model)
    {
        // given
        using var work = Make();

        // when
        work.Run("train", "text:t.txt", "--model", model, "--epochs", "1", "--out", "o").Done();
        var written = work.Run("sample", "o/model.safetensors", "--length", "10", "--prompt", "cat", "--top-k", "100").Done();

        // then
        Assert.Equal(14, written.Output.Length);
    }

    [Fact]
    public void The_tokens_of_a_tokenizer_are_learnt_and_stay_with_the_model_and_with_the_run()
    {
        // given
        using var work = Make();
        work.Run([.. Train, "--tokenizer", "bpe:270", "--steps", "20", "--threads", "1", "--out", "o"]).Done();
        File.Copy(work["o/tokenizer.json"], work["given.json"]);

        // when: another run reads what the first has learned, and goes on without the file
        work.Run([.. Train, "--tokenizer", "given.json", "--steps", "20", "--threads", "3", "--checkpoint-every", "5", "--out", "p"]).Done();
        File.Delete(work["given.json"]);
        File.Delete(Directory.GetFiles(work["p/checkpoints"]).Order(StringComparer.Ordinal).Last());
        var first = work.Hash("p/model.safetensors");
        var resumed = work.Run("train", "--resume", "p", "--json").Done().LastJson;
        var evaluated = work.Run("evaluate", "p/model.safetensors", "text:t.txt", "--json").Done().LastJson;
        var written = work.Run("sample", "p/model.safetensors", "--prompt", "my cat hunts", "--length", "10", "--json").Done().LastJson;

        // then
        Assert.Equal(work.Hash("o/model.safetensors"), first);
        Assert.Equal(first, work.Hash("p/model.safetensors"));
        Assert.Equal(resumed.GetProperty("valid_bits_per_byte").GetDouble(), evaluated.GetProperty("bits_per_byte").GetDouble());
        Assert.True(evaluated.GetProperty("bits_per_byte").GetDouble() < evaluated.GetProperty("loss").GetDouble());
        Assert.True(written.GetProperty("text").GetString()!.Length > 0);
        Assert.Contains("\"tokenizer\":\"given.json\"", File.ReadAllText(work["p/run.json"]));
        work.Run("train", "xor", "--tokenizer", "bpe:300").Failed(2, "data 'xor': --tokenizer is for text:FILE only.");
        work.Run("train", "text:t.txt", "--tokenizer", "bpe:12").Failed(2, "--tokenizer: 12 tokens; expected 257 to 65536.");
    }

    [Fact]
    public void What_is_no_text_is_told_and_leaves_nothing()
    {
        // given
        using var work = new Workplace();
        work.Write("empty.txt", "");
        work.Write("short.txt", "To be.");
        work.Write("latin.txt", [0x63, 0x61, 0x66, 0xE9, 0x0A]);
        Directory.CreateDirectory(work["folder"]);
        var names = work.Names;

        // then
        work.Run("train", "text:none.txt").Failed(1, "none.txt: no such file.");
        work.Run("train", "text:folder").Failed(1, "folder: got a folder, expected a file.");
        work.Run("train", "text:empty.txt").Failed(1, "empty.txt: the file is empty.");
        work.Run("train", "text:short.txt")
            .Failed(1, "short.txt: 6 characters are too few for windows of 64, 0 of them for validation; expected at least 650, or a shorter context.");
        work.Run("train", "text:latin.txt").Failed(1, "latin.txt: byte 3 (0xE9) is not UTF-8.");
        work.Run("train", "text:").Failed(2, "data 'text:': the file is missing; expected text:FILE.");
        work.Run("train", "text:short.txt", "--test", "0.1").Failed(2, "--test does not apply");
        work.Run("train", "text:short.txt", "--model", "gpt:2,3,4,5").Failed(2, "3 heads do not divide a width of 4");
        work.Run("train", "xor", "--model", "gpt").Failed(2, "model 'gpt:4,4,128,64' takes text in windows of 64; these data are rows of a table [2].");
        Assert.Equal(names, work.Names);
    }

    [Fact]
    public void What_a_model_cannot_write_is_told()
    {
        // given
        using var work = Make();
        work.Write("other.txt", string.Concat(Enumerable.Repeat("the ", 99)) + "dog");
        work.Run([.. Train, "--steps", "1", "--out", "o"]).Done();
        work.Run("train", "xor", "--steps", "1", "--out", "p").Done();
        const string model = "o/model.safetensors";

        // then
        work.Run("sample", model, "--prompt", "Dé\u001b")
            .Failed(2, @"--prompt: 'D', 'é', '\u{1B}' are not among the characters that are known:  .abcefghimnostuxy");
        work.Run("sample", model, "--prompt", "").Failed(2, "--prompt: the prompt is empty");
        work.Run("sample", model, "--top-k", "0").Failed(2, "--top-k: '0' is not a whole number from 1 on.");
        work.Run("sample", model, "--temperature", "-1").Failed(2, "--temperature: '-1' is not a number from 0 on.");
        work.Run("sample", "p/model.safetensors").Failed(1, "this model was trained on xor; only a model that was trained on text:FILE generates text.");
        work.Run("sample", "t.txt").Failed(1, "t.txt: this is text, no safetensors file");
        work.Run("evaluate", model, "text:other.txt").Failed(1, "other.txt: byte 396: 'd' is not among the characters that are known");
        work.Run("evaluate", model, "xor").Failed(1, "this model was trained on text; it cannot read xor.");
        work.Run("evaluate", model, "text:t.txt", "--split", "test").Failed(1, "t.txt has no samples in this split");
        work.Run("predict", model, "text:t.txt").Failed(2, "written by `gradus sample`");
    }

    [Fact]
    public void A_reader_of_a_text_that_goes_away_leaves_no_stack_trace()
    {
        // given
        using var work = new Workplace();
        work.Write("lines.txt", string.Concat(Enumerable.Repeat("ab\n", 100)));
        work.Run("train", "text:lines.txt", "--model", "gpt:1,1,4,4", "--steps", "1", "--out", "o").Done();

        // when
        var result = Cli.RunIntoHead(["sample", "o/model.safetensors", "--length", "2000"], work.Path);

        // then
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void A_real_text_is_learnt_and_written()
    {
        // given
        var path = SharedData.Find("text", "tinyshakespeare.txt");
        using var work = new Workplace();

        // when
        var events = work.Run(
            "train", "text:" + path, "--model", "gpt:1,2,32,32", "--steps", "60", "--batch-size", "16", "--lr", "0.01", "--valid", "0.01",
            "--json", "--out", "o").Done().Json;
        var written = work.Run("sample", "o/model.safetensors", "--prompt", "ROMEO:", "--length", "100", "--json").Done().LastJson;

        // then
        Assert.Equal((1_104_241, 11_153, 65), (Int(events[0], "train"), Int(events[0], "valid"), Int(events[0], "classes")));
        Assert.InRange(events[^1].GetProperty("valid_loss").GetDouble(), 2, 2.8);
        Assert.Equal(100, written.GetProperty("text").GetString()!.Length);
    }

    private static Workplace Make()
    {
        var work = new Workplace();
        work.Write("t.txt", string.Concat(Enumerable.Repeat("my cat hunts big foxes. ", 50)));
        return work;
    }

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}

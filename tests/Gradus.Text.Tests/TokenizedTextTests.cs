using Gradus.Data;

namespace Gradus.Text.Tests;

public class TokenizedTextTests
{
    private static readonly string Rhyme = string.Concat(Enumerable.Repeat("one for sorrow, two for mirth — three for a funeral.\n", 60));

    [Fact]
    public void A_text_is_cut_where_it_is_cut_into_letters()
    {
        // given
        using var folder = new TemporaryFolder();
        var path = folder.Write("rhyme.txt", Rhyme);
        var options = new TextOptions { Context = 8, ValidationShare = 0.2 };

        // when
        var (tokenizer, data) = TokenizedText.Learn(path, 280, options);
        var letters = TextFile.Load(path, options);

        // then
        Assert.Equal(280, data.Train.TokenCount);
        Assert.Equal(BytesOf(letters.Validation), BytesOf(data.Validation), 6);
        Assert.Equal(BytesOf(letters.Train), BytesOf(data.Train), 6);
        Assert.True(data.Train.Length < letters.Train.Length / 2);
        Assert.StartsWith(Decode(tokenizer, data.Train), Rhyme);
        Assert.Equal(0, data.Test.Count);
    }

    [Fact]
    public void A_tokenizer_is_learned_from_the_training_part_alone()
    {
        // given
        using var folder = new TemporaryFolder();
        var first = folder.Write("first.txt", Rhyme);
        var second = folder.Write("second.txt", Rhyme[..^300] + new string('z', 300));
        var options = new TextOptions { Context = 8, ValidationShare = 0.1 };

        // then
        Assert.Equal(TokenizedText.Learn(first, 300, options).Tokenizer.ToJson(), TokenizedText.Learn(second, 300, options).Tokenizer.ToJson());
    }

    [Fact]
    public void A_text_of_too_few_tokens_is_refused()
    {
        // given
        using var folder = new TemporaryFolder();
        var path = folder.Write("short.txt", "one two three four five six seven");

        // then
        var error = Assert.Throws<InvalidDataException>(() => TokenizedText.Learn(path, 300, new TextOptions { Context = 16 }));
        Assert.Contains("short.txt: 3 tokens for validation are too few for windows of 16", error.Message);
    }

    private static double BytesOf(Dataset data) => data.BytesPerToken!.Value * data.Length;

    private static string Decode(Tokenizer tokenizer, Dataset data)
    {
        var tokens = new int[data.Count * data.PredictionsPerSample];
        data.CopyTokens([.. Enumerable.Range(0, data.Count)], tokens);
        return tokenizer.Decode(tokens);
    }
}

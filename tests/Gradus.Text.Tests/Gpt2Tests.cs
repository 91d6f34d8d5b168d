using Microsoft.ML.Tokenizers;

namespace Gradus.Text.Tests;

public sealed class Gpt2Tests(Gpt2Files files) : IClassFixture<Gpt2Files>
{
    private static readonly TiktokenTokenizer Library = TiktokenTokenizer.CreateForEncoding("r50k_base");

    private readonly Tokenizer _tokenizer = files.Tokenizer;

    [Fact]
    public void Ten_thousand_lines_have_the_numbers_that_the_library_gives_them_and_come_back_from_them()
    {
        // given
        var lines = SampleLines.Make(10_000, seed: 1).ToArray();

        // when
        var tokens = lines.Select(line => _tokenizer.Encode(line)).ToArray();

        // then
        Assert.Equal(50_257, _tokenizer.Count);
        Assert.Equal(lines.Select(static line => Library.EncodeToIds(line)), tokens);
        Assert.Equal(lines, tokens.Select(line => _tokenizer.Decode(line)));
    }

    [Fact]
    public void All_of_Shakespeare_s_lines_have_the_numbers_that_the_library_gives_them()
    {
        // given
        var lines = File.ReadLines(SharedData.Find("text", "tinyshakespeare.txt")).Take(10_000).ToArray();

        // when
        var tokens = lines.Select(line => _tokenizer.Encode(line));

        // then
        Assert.Equal(lines.Select(static line => Library.EncodeToIds(line)), tokens);
    }

    [Fact]
    public void As_one_file_it_gives_the_same_numbers()
    {
        // given
        using var folder = new TemporaryFolder();
        _tokenizer.Save(folder["tokenizer.json"]);

        // when
        var read = Tokenizer.Read(folder.Path);

        // then
        Assert.All(SampleLines.Make(200, seed: 2), line => Assert.Equal(_tokenizer.Encode(line), read.Encode(line)));
        Assert.Equal(new KeyValuePair<string, int>("<|endoftext|>", 50_256), Assert.Single(read.SpecialTokens));
        Assert.Equal(File.ReadAllText(folder["tokenizer.json"]), read.ToJson());
    }

    [Fact]
    public void A_special_token_is_one_token_and_can_be_left_out_of_the_text()
    {
        // when
        var tokens = _tokenizer.Encode("one<|endoftext|>two");

        // then
        Assert.Equal([505, 50_256, 11_545], tokens);
        Assert.Equal("one<|endoftext|>two", _tokenizer.Decode(tokens));
        Assert.Equal("onetwo", _tokenizer.Decode(tokens, skipSpecialTokens: true));
    }

    [Fact]
    public void A_letter_of_several_tokens_comes_with_the_last_of_them()
    {
        // given
        var tokens = _tokenizer.Encode("a😀b");

        // when
        var pieces = _tokenizer.DecodeEach(tokens).ToArray();

        // then
        Assert.True(tokens.Length > 3);
        Assert.Equal("a😀b", string.Concat(pieces));
        Assert.DoesNotContain(pieces, static piece => piece.Contains('\uFFFD'));
        Assert.Equal("a\uFFFD", _tokenizer.Decode(tokens.AsSpan(..2)));
    }

    [Fact]
    public void A_number_without_a_token_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _tokenizer.Decode([50_257]));
        Assert.Contains("There are 50257 tokens, numbered from 0.", error.Message);
    }
}

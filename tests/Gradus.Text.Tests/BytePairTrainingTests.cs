using System.Text;

namespace Gradus.Text.Tests;

public class BytePairTrainingTests
{
    [Fact]
    public void The_first_tokens_are_the_bytes_and_the_next_ones_the_most_frequent_pairs()
    {
        // given: " l", "lo" and "ow" are there four times each; "ow" comes after them in the order of the letters, " l" is the lowest
        var text = "low low low low";

        // when
        var tokenizer = BytePairTraining.Train(text, 259);

        // then
        Assert.Equal("l", tokenizer.Tokens['l']);
        Assert.Equal(["lo", "low", "Ġlow"], tokenizer.Tokens.Skip(256));
        Assert.Equal([257, 258, 258, 258], tokenizer.Encode(text));
    }

    [Fact]
    public void Of_equally_frequent_pairs_the_one_of_the_lower_numbers_comes_first()
    {
        // given: " a" is there four times, all other pairs at most twice; a space has the lowest number of the letters, and what is merged the highest
        var text = "zz ab ab zz cd cd ac ac";

        // when
        var tokenizer = BytePairTraining.Train(text, 260);

        // then
        Assert.Equal(["Ġa", "Ġc", "zz", "Ġab"], tokenizer.Tokens.Skip(256));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_learns_what_counting_all_pairs_anew_each_time_learns(int seed)
    {
        // given: few letters, so that many pairs overlap and many are equally frequent
        var random = new Random(seed);
        var text = string.Concat(Enumerable.Range(0, 3000).Select(_ => "aaab bcé "[random.Next(9)]));

        // when
        var tokenizer = BytePairTraining.Train(text, 340);

        // then
        Assert.Equal(Slowly(text, 340), tokenizer.Tokens.Skip(256));
    }

    [Fact]
    public void A_text_without_pairs_that_repeat_has_fewer_tokens()
    {
        Assert.Equal(256, BytePairTraining.Train("", 1000).Count);
        Assert.Equal(256, BytePairTraining.Train("abcdefg", 1000).Count);
        Assert.Equal(257, BytePairTraining.Train("ab xab", 1000).Count);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(65_537)]
    public void A_size_that_cannot_be_is_refused(int size) => Assert.Throws<ArgumentOutOfRangeException>(() => BytePairTraining.Train("text", size));

    [Fact]
    public void Every_text_comes_back_and_a_file_gives_the_same_numbers()
    {
        // given
        var text = string.Concat(SampleLines.Make(200, seed: 3));
        var learned = BytePairTraining.Train(text, 600);

        // when
        var read = Tokenizer.FromJson(learned.ToJson());

        // then
        Assert.Equal(600, read.Count);
        Assert.All(SampleLines.Make(500, seed: 4), line =>
        {
            var tokens = learned.Encode(line);
            Assert.Equal(tokens, read.Encode(line));
            Assert.Equal(line, read.Decode(tokens));
        });
    }

    [Theory]
    [InlineData("abcdefé")]
    [InlineData("😀🎯👩")]
    public void A_word_as_long_as_a_file_is_encoded_in_parts(string letters)
    {
        // given: an odd letter first, so that pairs of surrogates lie across the cuts
        var random = new Random(7);
        var runes = letters.EnumerateRunes().ToArray();
        var word = "!" + string.Concat(Enumerable.Range(0, 40_000).Select(_ => runes[random.Next(runes.Length)]));
        var tokenizer = BytePairTraining.Train(word, 300);

        // when
        var tokens = tokenizer.Encode(word);

        // then
        Assert.Equal(word, tokenizer.Decode(tokens));
    }

    [Fact]
    public void A_thousand_tokens_of_Shakespeare_are_less_than_half_as_many_as_its_letters()
    {
        // given
        var text = File.ReadAllText(SharedData.Find("text", "tinyshakespeare.txt"));

        // when
        var tokenizer = BytePairTraining.Train(text, 1000);
        var tokens = tokenizer.Encode(text);

        // then
        Assert.Equal(1000, tokenizer.Count);
        Assert.InRange(tokens.Length, 1, text.Length / 2);
        Assert.Equal(text, tokenizer.Decode(tokens));
        Assert.Equal(tokenizer.ToJson(), BytePairTraining.Train(text, 1000).ToJson());
    }

    /// <summary>The rule itself: all pairs of all words are counted for each token.</summary>
    private static List<string> Slowly(string text, int size)
    {
        var words = WordPattern.Words.Matches(text)
            .Select(static match => Encoding.UTF8.GetBytes(match.Value).Select(static value => (int)value).ToList()).ToList();
        var tokens = Enumerable.Range(0, 256).Select(static value => ByteAlphabet.LetterOf((byte)value).ToString()).ToList();
        while (tokens.Count < size)
        {
            var best = words.SelectMany(static word => word.Zip(word.Skip(1))).CountBy(static pair => pair)
                .OrderByDescending(static entry => entry.Value).ThenBy(static entry => entry.Key).FirstOrDefault();
            if (best.Value < 2) break;
            var (left, right) = best.Key;
            var merged = tokens[left] + tokens[right];
            var number = tokens.IndexOf(merged);
            if (number < 0)
            {
                number = tokens.Count;
                tokens.Add(merged);
            }

            foreach (var word in words)
            {
                for (var index = 0; index + 1 < word.Count; index++)
                {
                    if (word[index] != left || word[index + 1] != right) continue;
                    word[index] = number;
                    word.RemoveAt(index + 1);
                }
            }
        }

        return tokens[256..];
    }
}

using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Gradus.Text.Tests;

public class WordPieceTests
{
    private static readonly string[] Words =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "quick", "fox", "jump", "##ed", "##s", "over", "hello", ",", "!", "he", "##llo", "World", "world",
        "你", "é", "e",
    ];

    [Fact]
    public void A_vocabulary_of_words_is_BERT_s()
    {
        // given
        using var folder = new TemporaryFolder();
        folder.Write("vocab.txt", string.Join('\n', Words) + "\n");

        // when
        var tokenizer = Tokenizer.Read(folder.Path);

        // then
        Assert.Equal(Numbers("[CLS]", "hello", ",", "the", "fox", "jump", "##ed", "!", "[SEP]"), tokenizer.Encode("Hello, the fox jumped!"));
        Assert.Equal(Numbers("the", "[UNK]", "fox", "##s", "你", "你"), tokenizer.Encode("the slow foxs 你你", addSpecialTokens: false));
        Assert.Equal(Numbers("[CLS]", "e", "world", "[SEP]"), tokenizer.Encode("É World"));
        Assert.Equal("[CLS] the fox jumped [SEP]", tokenizer.Decode(tokenizer.Encode("The fox jumped")));
        Assert.Equal("the fox jumped", tokenizer.Decode(tokenizer.Encode("The fox jumped"), skipSpecialTokens: true));
    }

    [Fact]
    public void Its_settings_say_whether_letters_are_made_small()
    {
        // given
        using var folder = new TemporaryFolder();
        folder.Write("vocab.txt", string.Join('\n', Words));
        folder.Write("tokenizer_config.json", """{"do_lower_case": false}""");

        // when
        var tokenizer = Tokenizer.Read(folder.Path);

        // then
        Assert.Equal(Numbers("[CLS]", "World", "world", "é", "[SEP]"), tokenizer.Encode("World world é"));
    }

    [Fact]
    public void As_one_file_it_gives_the_same_numbers()
    {
        // given
        using var folder = new TemporaryFolder();
        var first = Tokenizer.Read(folder.Write("vocab.txt", string.Join('\n', Words)));

        // when
        var read = Tokenizer.FromJson(first.ToJson());

        // then
        Assert.All(SampleLines.Make(300, seed: 5).Append("Hello, the fox jumps over 你!"), line => Assert.Equal(first.Encode(line), read.Encode(line)));
        Assert.Equal(5, read.SpecialTokens.Count);
    }

    [Fact]
    public void Plain_lines_have_the_numbers_that_the_library_gives_them()
    {
        // given: every letter by itself and within a word
        var letters = Enumerable.Range('!', 94).Select(static letter => ((char)letter).ToString());
        string[] words = [.. Words[..5], .. letters, .. letters.Select(static letter => "##" + letter)];
        using var folder = new TemporaryFolder();
        var tokenizer = Tokenizer.Read(folder.Write("vocab.txt", string.Join('\n', words)));
        var library = BertTokenizer.Create(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', words))));
        var random = new Random(6);
        var lines = Enumerable.Range(0, 2000).Select(_ => string.Concat(Enumerable.Range(0, 40).Select(_ => "abcXYZ 012,.!?-'()"[random.Next(18)])));

        // then
        Assert.All(lines, line => Assert.Equal(library.EncodeToIds(line), tokenizer.Encode(line)));
    }

    [Fact]
    public void Signs_are_words_of_their_own_and_what_is_unknown_stays_in_its_place()
    {
        // given
        using var folder = new TemporaryFolder();
        string[] words = [.. Words, "$", "<", "+", "5"];
        var tokenizer = Tokenizer.Read(folder.Write("vocab.txt", string.Join('\n', words)));

        // when
        var tokens = tokenizer.Encode("$5<fox+\u0007 🎯 [MASK]the\u00A0fox", addSpecialTokens: false);

        // then
        Assert.Equal(["$", "5", "<", "fox", "+", "[UNK]", "[MASK]", "the", "fox"], tokens.Select(token => words[token]));
    }

    [Fact]
    public void A_file_as_Hugging_Face_writes_it_is_read()
    {
        // given
        var vocabulary = string.Join(", ", Words.Select(static (word, number) => $"{JsonSerializer.Serialize(word)}: {number}"));
        var json = $$$$"""
            {"version": "1.0", "truncation": {"max_length": 128}, "padding": null,
             "added_tokens": [{"id": 2, "content": "[CLS]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                              {"id": 3, "content": "[SEP]", "special": true}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
               "pair": [], "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}}},
             "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
               "vocab": { {{{{vocabulary}}}} }
             }
            }
            """;

        // when
        var tokens = Tokenizer.FromJson(json).Encode("The quick fox");

        // then
        Assert.Equal(Numbers("[CLS]", "the", "quick", "fox", "[SEP]"), tokens);
    }

    private static int[] Numbers(params string[] words) => [.. words.Select(static word => Array.IndexOf(Words, word))];
}

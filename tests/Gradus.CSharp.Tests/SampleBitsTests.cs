using Gradus.Data;
using Gradus.Training;

namespace Gradus.CSharp.Tests;

/// <summary>Models of tables, sentences and texts: the same bits as Gradus gives, with the way of a sample to the network.</summary>
public class SampleBitsTests(SampleBitsTests.Samples samples) : IClassFixture<SampleBitsTests.Samples>
{
    private const int Count = 1000;

    private static readonly string[] Cities = ["Rome", "rome", "Oslo", "BERLIN", "Berlin", "Paris", "NA", " oslo "];

    private static readonly string[] Shirts = ["NA", "S", "M", "L"];

    private static readonly string[] Words =
        ["a", "Good", "bad", "film", "it's", "was", "the", "END", "naïve", "你好", "ยินดี", "!", "…", "xyz", "3", "don’t"];

    private static readonly string[] Sentences = ["a good film", "what a very bad film it was", "good", "bad, bad", "it's the film: good and the end was bad"];

    [Theory, InlineData("Homes"), InlineData("HomesOfEnsemble")]
    public void A_table_of_classes_gives_the_same_bits(string name) => CheckRows(name);

    [Theory, InlineData("Prices"), InlineData("PricesOfEnsemble")]
    public void A_table_of_numbers_gives_the_same_bits(string name) => CheckRows(name);

    [Fact]
    public void A_text_that_has_an_order_and_a_target_of_logarithms_give_the_same_bits()
    {
        // given
        var (model, function) = samples.All["Shirts"];
        var predict = (Func<string?, float[]>)function;

        // then
        foreach (var size in new[] { "S", "l", " M ", "NA", "huge", "", null })
        {
            Make.Equal(Make.Ask(model, model.Table!.InputsOf(new Dictionary<string, object?> { ["size"] = size })), predict(size), 0);
        }
    }

    [Fact]
    public void A_time_series_gives_the_same_bits()
    {
        // given
        var (model, function) = samples.All["Series"];
        var predict = (Func<double?[], float[]>)function;
        var random = new Random(3);

        using var folder = new TemporaryFolder();

        // A table of its own where values are missing: they are those of the rows before.
        for (var table = 0; table < 8; table++)
        {
            var numbers = new double?[table == 0 ? Count : 5];
            for (var row = 0; row < numbers.Length; row++) numbers[row] = table > 0 && random.Next(3) == 0 ? null : random.NextDouble() * 100;
            File.WriteAllLines(folder["windows.csv"], ["degrees,passengers", .. numbers.Select(static number => FormattableString.Invariant($"3,{number}"))]);
            var data = model.LoadTable(DataSource.Parse($"csv:{folder["windows.csv"]}", null), withTarget: false).Data;
            for (var sample = 0; sample < data.Count; sample++)
            {
                // when
                var inputs = new float[data.Inputs.Size];
                data.Inputs.CopyRows([sample], inputs);

                // then
                Make.Equal(Make.Ask(model, inputs), predict(numbers[sample..(sample + 5)]), sample);
            }
        }
    }

    [Theory, InlineData("Bag"), InlineData("LstmOfWords"), InlineData("GruOfWords")]
    public void A_sentence_gives_the_same_bits(string name)
    {
        // given
        var (model, function) = samples.All[name];
        var predict = (Func<string?, float[]>)function;
        var random = new Random(4);

        for (var sample = 0; sample < Count; sample++)
        {
            // when
            var words = string.Join(random.Next(3) == 0 ? "" : " ", random.GetItems(Words, random.Next(12)));
            var sentence = sample switch { 0 => null, 1 => "", 2 => "n/a", _ => words };
            var tokens = model.Table!.InputsOf(new Dictionary<string, object?> { ["text"] = sentence });
            using var noGrad = new NoGrad();
            var expected = model.ToPredictions(model.Network.Forward(Tensor.From([.. tokens.Select(static token => (long)token)], [1, tokens.Length])));

            // then
            Make.Equal(expected, predict(sentence), sample);
        }
    }

    [Theory, InlineData("Transformer"), InlineData("LstmOfText"), InlineData("GruOfText")]
    public void A_text_gives_the_same_bits(string name)
    {
        // given
        var (model, function) = samples.All[name];
        var next = (Func<int[], float[]>)function;
        var random = new Random(5);

        for (var sample = 0; sample < Count; sample++)
        {
            // when
            var tokens = Enumerable.Range(0, 1 + random.Next(model.Record.InputShape[0])).Select(_ => random.Next(model.Record.Outputs)).ToArray();
            using var noGrad = new NoGrad();
            var input = Tensor.From([.. tokens.Select(static token => (long)token)], [1, tokens.Length]);
            var expected = model.ToPredictions(model.Network.Forward(input))[^model.Record.Outputs..];

            // then
            Make.Equal(expected, next(tokens), sample);
        }
    }

    [Theory, InlineData("Transformer"), InlineData("LstmOfText"), InlineData("GruOfText")]
    public void A_text_is_written_on_as_Gradus_writes_it(string name)
    {
        // given
        var (model, _) = samples.All[name];
        var generate = (Func<string, string>)samples.All[name + "Writer"].Function;

        foreach (var prompt in new[] { "!", "#$%&'()", "!!!!!!!!!!!!!!!!!!!!!!!!!" })
        {
            // when
            var expected = string.Concat(model.Sample(prompt, new() { Temperature = 0 }).Take(60));

            // then
            Assert.Equal(expected, generate(prompt));
        }
    }

    private void CheckRows(string name)
    {
        // given
        var (model, function) = samples.All[name];
        var predict = (Func<object?[], float[]>)function;
        var random = new Random(6);

        for (var sample = 0; sample < Count; sample++)
        {
            // when
            object?[] row =
            [
                random.Next(6) == 0 ? null : random.Next(9) == 0 ? double.NaN : (random.NextDouble() * 300) - 20,
                random.Next(6) == 0 ? null : Cities[random.Next(Cities.Length)],
                random.Next(6) == 0 ? null : Math.Round(random.NextDouble() * 10, 2),
                random.Next(6) == 0 ? null : new DateTime(1990 + random.Next(40), 1 + random.Next(12), 1 + random.Next(28)).AddMinutes(random.Next(1440)),
            ];
            var cells = new Dictionary<string, object?> { ["area"] = row[0], ["city"] = row[1], ["weight"] = row[2], ["sold"] = row[3] };
            var inputs = model.Table!.InputsOf(cells);

            // then
            Make.Equal(Make.Ask(model, inputs), predict(row), sample);
        }
    }

    public sealed class Samples
    {
        public Samples()
        {
            using var folder = new TemporaryFolder();
            File.WriteAllLines(folder["homes.csv"], ["area,city,weight,sold,price,kind", .. Enumerable.Range(0, 120).Select(Home)]);
            File.WriteAllLines(folder["series.csv"], ["degrees,passengers", .. Enumerable.Range(0, 80).Select(static row =>
                FormattableString.Invariant($"{row % 9},{50 + (row * 37 % 45)}"))]);
            File.WriteAllLines(folder["films.csv"], ["text,kind", .. Enumerable.Range(0, 60).Select(static row =>
                FormattableString.Invariant($"\"{Sentences[row % 5]} {row % 7}\",{(row % 2 == 0 ? "up" : "down")}"))]);
            var models = new List<(TrainedModel Model, ExportedModel Code)>();
            const string row = "new() { Area = (double?)row[0], City = (string?)row[1], Weight = (double?)row[2], Sold = (DateTime?)row[3] }";
            var homes = $"csv:{folder["homes.csv"]}";
            foreach (var (suffix, word) in new[] { ("", "mlp:16"), ("OfEnsemble", "table:4,24") })
            {
                Add("Homes" + suffix, Trained(homes, word, new() { Target = "kind", Ignore = ["price"] }), "Func<object?[], float[]>",
                    $"row => model.Predict({row}).Probabilities");
                Add("Prices" + suffix, Trained(homes, word, new() { Target = "price", Ignore = ["kind"] }), "Func<object?[], float[]>",
                    $"row => new[] {{ model.Predict({row}) }}");
            }

            Add("Series", Trained($"csv:{folder["series.csv"]}", "lstm:8", new() { Target = "passengers", Window = 5 }), "Func<double?[], float[]>",
                "numbers => new[] { model.Predict(Array.ConvertAll(numbers, number => new Models.Series.Row { Degrees = 3, Passengers = number })) }");
            File.WriteAllLines(folder["shirts.csv"], ["size,price", .. Enumerable.Range(0, 40).Select(static row => $"{Shirts[row % 4]},{10 + row % 4}.5")]);
            var order = new Dictionary<string, IReadOnlyList<string>> { ["size"] = Shirts };
            var logarithms = new DataOptions { Orders = order, Task = TaskKind.Regress, TargetTransform = TargetTransform.Log };
            Add("Shirts", Trained($"csv:{folder["shirts.csv"]}", "mlp:8", logarithms), "Func<string?, float[]>",
                "size => new[] { model.Predict(new() { Size = size }) }");
            foreach (var (name, word) in new[] { ("Bag", "mlp:8"), ("LstmOfWords", "lstm:8"), ("GruOfWords", "gru:8,2") })
            {
                Add(name, Trained($"csv:{folder["films.csv"]}", word, new() { Target = "kind", Text = "text" }), "Func<string?, float[]>",
                    "text => model.Predict(text).Probabilities");
            }

            foreach (var (name, word) in new[] { ("Transformer", "gpt:2,2,24,20"), ("LstmOfText", "lstm:12,2"), ("GruOfText", "gru:20") })
            {
                var model = Make.Model(word, [20], 30, data: "text");
                Add(name, model, "Func<int[], float[]>", "tokens => model.NextTokenProbabilities(tokens)");
                Add(name + "Writer", model, "Func<string, string>", "prompt => model.Generate(prompt, 60)");
            }

            var functions = ExportedCode.Compile([.. models.Select(static each => each.Code)], isModern: true);
            All = models.Zip(functions).ToDictionary(static each => each.First.Code.Name, static each => (each.First.Model, each.Second));

            void Add(string name, TrainedModel model, string type, string function) =>
                models.Add((model, new ExportedModel(name, ExportedCode.Write(model, name), type, function)));
        }

        internal IReadOnlyDictionary<string, (TrainedModel Model, Delegate Function)> All { get; }

        private static TrainedModel Trained(string data, string word, DataOptions options)
        {
            var source = DataSource.Parse(data, null);
            var (model, split) = TrainedModel.Prepare(ModelSpec.Parse(word), source, options, LoadedData.Load(source, options));
            model.Network.Initialize(1);
            new Trainer(model.Network, split, new() { Steps = 20, BatchSize = 16 }).Fit();
            model.Network.Eval();
            return model;
        }

        private static string Home(int row)
        {
            var area = row % 7 == 3 ? "" : FormattableString.Invariant($"{50 + (row * 37 % 200)}");
            var city = row % 11 == 5 ? "" : Cities[row % 6].Trim();
            var sold = FormattableString.Invariant($"{1995 + (row % 30)}-{1 + (row % 12):00}-{1 + (row % 28):00}");
            var kind = row % 3 == 0 ? "flat" : "house";
            return FormattableString.Invariant($"{area},{city},{row * 13 % 97 / 10.0} kg,{sold},{100000 + (row * 7919 % 90000)},{kind}");
        }
    }
}

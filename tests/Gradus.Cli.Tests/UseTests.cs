using System.Text.Json;
using Gradus.Training;

namespace Gradus.Cli.Tests;

/// <summary>evaluate, predict and inspect on models that were trained.</summary>
public sealed class UseTests(Models models)
{
    [Fact]
    public void Evaluating_the_test_split_gives_what_training_told()
    {
        // given
        using var work = new Workplace();

        // when
        var xor = work.Run("evaluate", models.Xor, "xor", "--json").Done().LastJson;
        var table = work.Run("evaluate", models.Table, models.Classes, "--json").Done().LastJson;
        var values = work.Run("evaluate", models.Values, models.Numbers, "--json").Done().LastJson;

        // then
        foreach (var (done, evaluation, name) in
            new[] { (models.XorDone, xor, "accuracy"), (models.TableDone, table, "accuracy"), (models.ValuesDone, values, "rmse") })
        {
            Assert.Equal(done.LastJson.GetProperty("test_loss").GetDouble(), evaluation.GetProperty("loss").GetDouble());
            Assert.Equal(done.LastJson.GetProperty("test_" + name).GetDouble(), evaluation.GetProperty(name).GetDouble());
        }

        Assert.Equal(20, table.GetProperty("samples").GetInt32());
        Assert.Empty(work.Names);
    }

    [Fact]
    public void The_parts_of_the_split_make_up_all_of_it()
    {
        // given
        using var work = new Workplace();

        // when
        var parts = new[] { "train", "valid", "test", "all" }
            .Select(part => work.Run("evaluate", models.Table, models.Classes, "--split", part, "--json").Done().LastJson).ToArray();

        // then
        Assert.Equal([140, 40, 20, 200], parts.Select(static part => part.GetProperty("samples").GetInt32()));
        Assert.Equal(Confusion(parts[3]), parts[..3].Select(Confusion).Aggregate(static (left, right) => [.. left.Zip(right, static (one, two) => one + two)]));
        Assert.Equal(200, Confusion(parts[3]).Sum());
    }

    [Fact]
    public void An_evaluation_for_people_shows_a_confusion_matrix()
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run("evaluate", models.Table, models.Classes).Done();

        // then
        Assert.StartsWith("missing values: 20 cells filled, 0 of 200 rows dropped", result.Output);
        Assert.Matches(@"\ntest, 20 samples: loss \d\.\d{4}, accuracy \d+\.\d\d %", result.Output);
        Assert.Matches(@"\n +yes +(\d+|\.) +(\d+|\.) +\n", result.Output);
    }

    [Fact]
    public void Data_that_do_not_fit_the_model_are_refused()
    {
        // given
        using var work = new Workplace();
        work.Write("new.csv", "a,b,color,y\n0.5,0.5,red,maybe\n0.1,0.1,red,no\n0.1,0.1,red,no\n");

        // then
        work.Run("evaluate", models.Xor, "digits").Failed(1, "digits: its samples are [1,28,28], the model takes [2]");
        work.Run("evaluate", models.Xor, models.Classes).Failed(1, "this model was trained on xor, not on a table");
        work.Run("evaluate", models.Table, "csv:new.csv", "--split", "all").Failed(1, "is \"maybe\", expected one of the classes \"no\", \"yes\"");
        work.Run("evaluate", models.Table, models.Numbers).Failed(1, "expected one of the classes");
        work.Write("untold.csv", "a,b,color\n0.5,0.5,red\n");
        work.Run("evaluate", models.Table, "csv:untold.csv").Failed(1, "untold.csv: line 1: no column \"y\", the target, which predictions are compared with.");
        work.Write("empty.csv", "a,b,color,y\n0.5,0.5,red,\n");
        work.Run("evaluate", models.Table, "csv:empty.csv").Failed(1, "is missing, which predictions are compared with. Leave such rows out of the table.");
        work.Run("predict", models.Table, "xor").Failed(1, "xor: its samples are [2], the model takes [4]");
    }

    [Fact]
    public void A_file_of_few_rows_can_be_evaluated_as_a_whole()
    {
        // given
        using var work = new Workplace();
        work.Write("new.csv", "color,y,b,a\nred,no,0.1,0.2\n");

        // when
        var whole = work.Run("evaluate", models.Table, "csv:new.csv", "--split", "all", "--json").Done().LastJson;
        var split = work.Run("evaluate", models.Table, "csv:new.csv");

        // then
        Assert.Equal(1, whole.GetProperty("samples").GetInt32());
        split.Failed(1, "new.csv: 1 row is too few to be split as the training data were");
    }

    [Fact]
    public void A_row_alone_is_predicted_as_among_a_hundred()
    {
        // given
        using var work = new Workplace();
        var lines = File.ReadAllLines(models.Classes["csv:".Length..]);
        work.Write("one.csv", lines[0] + "\n" + lines[77] + "\n");

        // when
        var all = work.Run("predict", models.Table, models.Classes, "--json").Done().Json;
        var one = work.Run("predict", models.Table, "csv:one.csv", "--json").Done().LastJson;

        // then
        Assert.Equal(200, all.Length);
        Assert.Equal(78, all[76].GetProperty("line").GetInt32());
        Assert.Equal(all[76].GetProperty("probabilities").GetRawText(), one.GetProperty("probabilities").GetRawText());
        Assert.Equal(1, all[76].GetProperty("probabilities").EnumerateObject().Sum(static share => share.Value.GetDouble()), 5);
    }

    [Fact]
    public void What_is_read_is_not_written_over_by_a_link_either()
    {
        // given
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows links need rights of their own.");
        using var work = new Workplace();
        work.WriteTable("t.csv", 20);
        File.CreateSymbolicLink(work["link.csv"], "t.csv");
        Directory.CreateSymbolicLink(work["here"], ".");

        // when, then
        foreach (var (data, output) in new[] { ("link.csv", "t.csv"), ("t.csv", "link.csv"), ("t.csv", "here/here/t.csv") })
        {
            work.Run("predict", models.Table, "csv:" + data, "--out", output).Failed(2, $"'{output}' is read by this command; it would be lost.");
        }

        work.Run("predict", models.Table, "csv:t.csv", "--out", "here/other.csv").Done();
    }

    [Fact]
    public void The_standard_input_is_called_so_in_errors()
    {
        // given: the tests close the tool's standard input, which is empty then
        using var work = new Workplace();

        // when, then
        Cli.RunAlone(["predict", models.Table, "csv:-"], work.Path).Failed(1, "gradus: standard input: the file is empty, expected a table.");
    }

    [Fact]
    public void A_table_without_its_target_and_with_unknown_texts_can_be_predicted()
    {
        // given
        using var work = new Workplace();
        work.Write("new.csv", "color,b,a\nred,0.9,0.9\nviolet,0.1,0.1\n,,\n");

        // when
        var json = work.Run("predict", models.Table, "csv:new.csv", "--json").Done().Json;
        var text = work.Run("predict", models.Table, "csv:new.csv").Done();

        // then
        Assert.Equal([2, 3, 4], json.Select(static row => row.GetProperty("line").GetInt32()));
        Assert.All(json, static row => Assert.Contains(row.GetProperty("class").GetString(), new[] { "yes", "no" }));
        Assert.Equal("missing values: 3 cells filled, 0 of 3 rows dropped; 2 cells hold texts that no input stands for", text.Lines[0]);
        Assert.Matches(@"^line 2: (yes|no) 0\.\d{4} \(then (yes|no) 0\.\d{4}\)$", text.Lines[1]);
    }

    [Fact]
    public void An_evaluation_tells_what_was_made_of_missing_cells()
    {
        // given
        using var work = new Workplace();
        work.Write("new.csv", "a,b,color,y\n0.5,,red,yes\n,0.1,red,no\n0.1,0.1,red,no\n");

        // when
        var text = work.Run("evaluate", models.Table, "csv:new.csv", "--split", "all").Done();
        var json = work.Run("evaluate", models.Table, "csv:new.csv", "--split", "all", "--json").Done().LastJson;

        // then
        Assert.Equal("missing values: 2 cells filled, 0 of 3 rows dropped; 0 cells hold texts that no input stands for", text.Lines[0]);
        Assert.StartsWith("all, 3 samples: loss ", text.Lines[1]);
        Assert.Equal(2, json.GetProperty("filled").GetInt32());
    }

    [Fact]
    public void A_value_is_predicted_in_the_target_s_units()
    {
        // given
        using var work = new Workplace();

        // when
        var rows = work.Run("predict", models.Values, models.Numbers, "--json").Done().Json;

        // then
        Assert.All(rows, static row => Assert.InRange(row.GetProperty("value").GetDouble(), 19_000, 23_000));
    }

    [Fact]
    public void Without_test_samples_there_is_nothing_to_evaluate_or_predict()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--test", "0", "--steps", "1", "--out", "o").Done();

        // then
        work.Run("evaluate", "o/model.safetensors", "xor").Failed(1, "xor has no samples in this split");
        work.Run("predict", "o/model.safetensors", "xor").Failed(1, "xor has no test samples");
    }

    [Fact]
    public void A_reader_of_predictions_that_goes_away_leaves_no_stack_trace()
    {
        // given
        using var work = new Workplace();

        // when
        var result = Cli.RunIntoHead(["predict", models.Table, models.Classes, "--json"], work.Path);

        // then
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void A_model_file_can_be_inspected()
    {
        // given
        using var work = new Workplace();

        // when
        var text = work.Run("inspect", models.Xor).Done();
        var json = work.Run("inspect", models.Xor, "--json").Done().LastJson;

        // then
        Assert.Matches(@"\n +1\.weight +F32 +\[64,2\] +512 +\n", text.Output);
        Assert.Contains("6 tensors, 9,352 bytes\n", text.Output);
        Assert.Equal(
            ["1.bias", "1.weight", "3.bias", "3.weight", "5.bias", "5.weight"],
            json.GetProperty("tensors").EnumerateArray().Select(static tensor => tensor.GetProperty("name").GetString()));
        Assert.Equal("xor", JsonDocument.Parse(json.GetProperty("metadata").GetProperty("gradus").GetString()!).RootElement.GetProperty("data").GetString());
    }

    private static int[] Confusion(JsonElement evaluation) =>
        [.. evaluation.GetProperty("confusion").EnumerateArray().SelectMany(static row => row.EnumerateArray()).Select(static cell => cell.GetInt32())];

    [Fact]
    public void A_model_whose_weights_are_NaN_says_so_instead_of_figures()
    {
        // given
        using var work = new Workplace();
        var model = TrainedModel.Load(models.Xor);
        model.Network.State()["1.weight"].Fill(double.NaN);
        model.Save(work["nan.safetensors"]);

        // when
        var evaluated = work.Run("evaluate", "nan.safetensors", "xor");
        var predicted = work.Run("predict", "nan.safetensors", "xor");

        // then
        evaluated.Failed(1, "evaluate: the loss is NaN, no finite number. The model's '1.weight' holds NaN or infinity");
        predicted.Failed(1, "predict: sample 0: what the network gives is NaN, no finite number.");
        Assert.Equal(("", ""), (evaluated.Output, predicted.Output));
    }
}

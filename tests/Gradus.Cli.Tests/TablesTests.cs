namespace Gradus.Cli.Tests;

public sealed class TablesTests
{
    [Fact]
    public void A_table_is_learnt_by_an_ensemble_and_its_figures_stand_beside_those_of_simple_models()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 120);

        // when
        var text = work.Run("train", "csv:t.csv", "--epochs", "2", "--class-weights", "balanced", "--out", "a").Done();
        var json = work.Run("train", "csv:t.csv", "--epochs", "2", "--out", "b", "--json").Done().LastJson;

        // then
        Assert.Contains("model table:16,128,2", text.Output, StringComparison.Ordinal);
        Assert.Contains("beside it: linear    loss ", text.Output, StringComparison.Ordinal);
        Assert.Contains("beside it: majority  loss ", text.Output, StringComparison.Ordinal);
        Assert.InRange(json.GetProperty("baselines").GetProperty("linear").GetProperty("test_accuracy").GetDouble(), 0.5, 1);
        Assert.Contains("Models without a network", File.ReadAllText(work["a/report.html"]), StringComparison.Ordinal);
        Assert.Contains("\"class_weights\":\"balanced\"", File.ReadAllText(work["a/run.json"]), StringComparison.Ordinal);
        work.Run("verify", "a").Done();
        work.Run("onnx", "export", "a/model.safetensors", "a.onnx").Done();
        work.Run("doctor", "a/model.safetensors", "--data", "csv:t.csv").Done();
        work.Run("attribute", "a/model.safetensors", "csv:t.csv", "--sample", "5", "--method", "gradient").Done();
    }

    [Fact]
    public void A_column_of_texts_is_given_an_order_and_a_run_keeps_it()
    {
        // given
        using var work = new Workplace();
        var rows = Enumerable.Range(0, 60).Select(static row => $"{(row == 7 ? "huge" : "SML"[row % 3])},{10 + row % 3}.5\n");
        work.Write("t.csv", "size,price\n" + string.Concat(rows));

        // when
        var trained = work.Run("train", "csv:t.csv", "--column", "size=ordered:S<M < L", "--epochs", "2", "--out", "a").Done();
        work.Write("new.csv", "size\nhuge\nm\n");

        // then
        const string Note = "1 of 60 cells is none of \"S\", \"M\", \"L\", the first is \"huge\" (line 9); taken as missing";
        Assert.Contains(Note, trained.Output, StringComparison.Ordinal);
        Assert.Contains("\"column\":[\"size=ordered:S<M<L\"]", File.ReadAllText(work["a/run.json"]), StringComparison.Ordinal);
        work.Run("predict", "a/model.safetensors", "csv:new.csv", "--out", "p.jsonl").Done();
        Assert.StartsWith("{\"size\":\"huge\",\"prediction\":", File.ReadAllText(work["p.jsonl"]), StringComparison.Ordinal);
        var curve = work.Run("importance", "a/model.safetensors", "csv:t.csv", "--all", "--json").Done().Json[0].GetProperty("curve");
        Assert.Equal(["S", "M", "L"], curve.EnumerateArray().Select(static point => point.GetProperty("value").GetString()));
        work.Run("verify", "a").Done();
        work.Run("train", "csv:t.csv", "--column", "size=ordered:S").Failed(2, "--column: column \"size\": got \"S\", expected 2 to 10000 different texts");
        work.Run("train", "csv:t.csv", "--column", "size=big").Failed(2, "COLUMN=date, or an order of texts such as 'size=ordered:S<M<L'.");
    }

    [Fact]
    public void Logarithms_of_a_target_are_learnt_and_what_is_told_is_in_its_unit()
    {
        // given
        using var work = new Workplace();
        var rows = Enumerable.Range(0, 300).Select(static row => (X: row * 37 % 101, Y: Math.Exp(row * 37 % 101 / 5.0)));
        work.Write("t.csv", "x,y\n" + string.Concat(rows.Select(static row => FormattableString.Invariant($"{row.X},{row.Y:0.00}\n"))));

        // when
        var plain = work.Run("train", "csv:t.csv", "--epochs", "1", "--model", "mlp:4", "--out", "a").Done();
        var trained = work.Run("train", "csv:t.csv", "--target-transform", "log", "--epochs", "3", "--out", "b").Done();

        // then
        Assert.Contains("--target-transform log learns ln(1 + target)", plain.Output, StringComparison.Ordinal);
        Assert.Contains("of 100 1 + target are within a factor of ", trained.Output, StringComparison.Ordinal);
        Assert.Contains("\"target_transform\":\"log\"", File.ReadAllText(work["b/run.json"]), StringComparison.Ordinal);
        var figures = work.Run("evaluate", "b/model.safetensors", "csv:t.csv", "--split", "all", "--json").Done().LastJson;
        Assert.InRange(figures.GetProperty("rmse").GetDouble(), 1, 1e9);
        var lines = work.Run("predict", "b/model.safetensors", "csv:t.csv", "--json").Done().Json;
        Assert.All(lines.Take(20), static line =>
        {
            var (value, interval) = (line.GetProperty("value").GetDouble(), line.GetProperty("interval"));
            Assert.True(interval.GetProperty("to").GetDouble() - value > value - interval.GetProperty("from").GetDouble());
        });
        work.Run("verify", "b").Done();
    }

    [Fact]
    public void Folds_tell_a_mean_and_its_standard_error_and_the_model_is_that_without_them()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 90);

        // when
        var text = work.Run("train", "csv:t.csv", "--epochs", "2", "--folds", "3", "--out", "a").Done();
        var json = work.Run("train", "csv:t.csv", "--epochs", "2", "--folds", "3", "--out", "b", "--json").Done().Json;
        work.Run("train", "csv:t.csv", "--epochs", "2", "--out", "c").Done();

        // then
        Assert.Contains("fold 1 of 3: loss ", text.Output, StringComparison.Ordinal);
        Assert.Contains("3 folds, mean ± standard error of the rows held out: loss ", text.Output, StringComparison.Ordinal);
        Assert.Equal(3, json.Count(static line => line.GetProperty("event").GetString() == "fold"));
        var all = json.Single(static line => line.GetProperty("event").GetString() == "folds").GetProperty("models");
        Assert.InRange(all.GetProperty("network").GetProperty("accuracy").GetDouble(), 0.3, 1);
        Assert.InRange(all.GetProperty("linear").GetProperty("loss_standard_error").GetDouble(), 0, 1);
        Assert.Equal(File.ReadAllBytes(work["c/model.safetensors"]), File.ReadAllBytes(work["a/model.safetensors"]));
        Assert.Contains("Cross-validation, 3 folds", File.ReadAllText(work["a/report.html"]), StringComparison.Ordinal);
        Assert.Contains("\"folds\":3", File.ReadAllText(work["a/run.json"]), StringComparison.Ordinal);
        work.Run("verify", "a").Done();
        work.WriteTable("n.csv", 90, regress: true);
        work.Run("train", "csv:n.csv", "--folds", "3", "--window", "5").Failed(2, "--folds and --window exclude each other");
        work.Run("train", "xor", "--folds", "3").Failed(2, "--folds are for tables; 'xor' is none.");
        work.Run("train", "csv:t.csv", "--folds", "91").Failed(1, "90 rows are too few for 91 folds: take fewer with --folds.");
    }

    [Fact]
    public void An_evaluation_tells_all_that_is_usually_asked()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 120);
        work.WriteTable("n.csv", 120, regress: true);
        work.Run("train", "csv:t.csv", "--model", "mlp:8", "--epochs", "2", "--out", "t").Done();
        work.Run("train", "csv:n.csv", "--model", "mlp:8", "--epochs", "2", "--out", "n").Done();

        // when
        var classes = work.Run("evaluate", "t/model.safetensors", "csv:t.csv", "--json").Done().LastJson;
        var numbers = work.Run("evaluate", "n/model.safetensors", "csv:n.csv", "--json").Done().LastJson;

        // then
        // The loss is the network's, the log loss that of the calibrated probabilities.
        Assert.Equal(classes.GetProperty("loss").GetDouble(), classes.GetProperty("log_loss").GetDouble(), 0.1);
        Assert.All((string[])["balanced_accuracy", "f1_macro", "auc", "brier", "calibration_error"], name => Assert.True(classes.TryGetProperty(name, out _)));
        Assert.All((string[])["rmse", "mae", "median_absolute_error", "r2", "mape"], name => Assert.True(numbers.TryGetProperty(name, out _)));
        Assert.Contains("balanced accuracy", work.Run("evaluate", "t/model.safetensors", "csv:t.csv").Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_are_written_beside_the_rows_they_are_of()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 60);
        work.Run("train", "csv:t.csv", "--model", "mlp:8", "--epochs", "1", "--out", "t").Done();

        // when
        var text = work.Run("predict", "t/model.safetensors", "csv:t.csv", "--out", "p.csv").Done();
        var json = work.Run("predict", "t/model.safetensors", "csv:t.csv", "--out", "p.jsonl", "--json").Done();

        // then
        var lines = File.ReadAllLines(work["p.csv"]);
        Assert.Equal("a,b,color,y,prediction,probability of no,probability of yes", lines[0]);
        Assert.Equal(61, lines.Length);
        Assert.StartsWith(File.ReadAllLines(work["t.csv"])[1] + ",", lines[1], StringComparison.Ordinal);
        Assert.Equal("wrote 60 predictions to p.csv", text.Lines[^1]);
        Assert.Equal(("written", 60), (json.LastJson.GetProperty("event").GetString(), json.LastJson.GetProperty("predictions").GetInt32()));
        Assert.StartsWith("{\"a\":null,", File.ReadAllLines(work["p.jsonl"])[3], StringComparison.Ordinal);
        work.Run("predict", "t/model.safetensors", "csv:t.csv", "--out", "p.txt").Failed(2, "ends neither in .csv nor in .jsonl");
    }

    [Fact]
    public void Predictions_stand_beside_all_that_a_row_has_and_the_rows_left_out_are_told()
    {
        // given
        using var work = new Workplace();
        string Row(int row) => $"{row + 1000},2024-0{1 + (row % 9)}-1{row % 7},{(row == 3 ? "" : $"{row % 10}.50")},0{row % 8},old,{row % 10}\n";
        work.Write("t.csv", $"id,sold,a,code,prediction,y\n{string.Concat(Enumerable.Range(0, 200).Select(Row))}");
        work.Run("train", "csv:t.csv", "--task", "regress", "--missing", "drop", "--ignore", "code", "--model", "mlp:8", "--epochs", "2", "--out", "t").Done();

        // when
        var csv = work.Run("predict", "t/model.safetensors", "csv:t.csv", "--out", "p.csv").Done();
        work.Run("predict", "t/model.safetensors", "csv:t.csv", "--out", "p.jsonl").Done();

        // then
        var lines = File.ReadAllLines(work["p.csv"]);
        Assert.Equal("id,sold,a,code,prediction,y,prediction_2,lower_90,upper_90", lines[0]);
        Assert.StartsWith("1000,2024-01-10,0.50,00,old,0,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("1004,2024-05-14,4.50,04,old,4,", lines[4], StringComparison.Ordinal);
        Assert.StartsWith(
            "{\"id\":\"1000\",\"sold\":\"2024-01-10\",\"a\":0.5,\"code\":\"00\",\"prediction\":\"old\",\"y\":0,\"prediction_2\":",
            File.ReadAllLines(work["p.jsonl"])[0], StringComparison.Ordinal);
        Assert.Contains("a row is left out, since a cell of it is missing: line 5", csv.Lines);
        Assert.Contains("the table has a column \"prediction\" already: what the model says is \"prediction_2\"", csv.Lines);
        Assert.Equal("wrote 199 predictions to p.csv", csv.Lines[^1]);
    }

    [Fact]
    public void Columns_that_matter_are_told_and_drawn()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("n.csv", 120, regress: true);
        work.Run("train", "csv:n.csv", "--model", "mlp:16", "--epochs", "40", "--lr", "0.01", "--out", "n").Done();

        // when
        var columns = work.Run("importance", "n/model.safetensors", "csv:n.csv", "--all", "--json").Done().Json;
        var text = work.Run("importance", "n/model.safetensors", "csv:n.csv", "--all", "--svg", "i.svg").Done();

        // then
        Assert.Equal(["a", "b", "color"], columns.Select(static column => column.GetProperty("column").GetString()));
        Assert.Contains("growth of the RMSE on 120 rows", text.Output, StringComparison.Ordinal);
        Assert.Contains("<polyline", File.ReadAllText(work["i.svg"]), StringComparison.Ordinal);
        work.Run("importance", "n/model.safetensors", "xor").Failed(2, "is no table");
    }
}

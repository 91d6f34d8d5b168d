using System.Text.Json;
using System.Xml.Linq;
using Gradus.Training;

namespace Gradus.Cli.Tests;

/// <summary>gradus doctor, and train --doctor.</summary>
public sealed class DoctorTests(Models models)
{
    [Fact]
    public void A_trained_model_is_examined_layer_by_layer()
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run("doctor", models.Xor, "--data", "xor", "--strict").Done();

        // then
        Assert.StartsWith("layer ", result.Lines[0]);
        Assert.Matches(@"^1 Linear +\d", result.Lines[2]);
        Assert.Equal("nothing found", result.Lines[^1]);
        Assert.Empty(work.Names);
    }

    [Fact]
    public void Tables_are_examined_too_and_json_has_the_layers_at_full_precision()
    {
        // given
        using var work = new Workplace();

        // when
        var classes = work.Run("doctor", models.Table, "--data", models.Classes, "--json").Done().LastJson;
        var values = work.Run("doctor", models.Values, "--data", models.Numbers, "--batch-size", "50", "--json").Done().LastJson;

        // then
        foreach (var json in new[] { classes, values })
        {
            Assert.True(json.GetProperty("healthy").GetBoolean());
            Assert.True(json.GetProperty("loss").GetDouble() >= 0);
            Assert.Equal(
                ["Flatten", "Linear", "Relu", "Linear", "Relu", "Linear"],
                json.GetProperty("layers").EnumerateArray().Select(static layer => layer.GetProperty("type").GetString()));
            var linear = json.GetProperty("layers")[1];
            foreach (var name in new[] { "activation", "gradient", "gradient_ratio", "weight", "weight_gradient", "update", "update_ratio" })
            {
                Assert.True(linear.GetProperty(name).GetDouble() > 0, name);
            }

            Assert.Equal(JsonValueKind.Null, json.GetProperty("layers")[0].GetProperty("weight").ValueKind);
            Assert.Equal("relu", json.GetProperty("layers")[2].GetProperty("activations")[0].GetProperty("operator").GetString());
        }
    }

    [Fact]
    public void A_dead_model_is_named_drawn_and_with_strict_the_exit_code()
    {
        // given
        using var work = new Workplace();
        var model = Dead(work, "dead.safetensors");

        // when
        var plain = work.Run("doctor", model, "--data", "xor").Done();
        var strict = work.Run("doctor", model, "--data", "xor", "--strict", "--json", "--svg", "flow.svg");

        // then
        Assert.Contains("dead units at 2 (Relu): all 64 units give 0 for every sample of the batch", plain.Output);
        Assert.Contains("\n  Remedy: ", plain.Output);
        Assert.Equal(3, strict.ExitCode);
        Assert.Equal("", strict.Error);
        var finding = strict.LastJson.GetProperty("findings")[0];
        Assert.Equal(
            ("dead-units", "illness", "2"),
            (finding.GetProperty("illness").GetString(), finding.GetProperty("severity").GetString(), finding.GetProperty("path").GetString()));
        var texts = XDocument.Load(work["flow.svg"])
            .Descendants().Select(static element => (Kind: (string?)element.Attribute("class"), element.Value)).ToArray();
        Assert.Contains(("title", "mlp:64,32 on xor"), texts);
        Assert.Contains(("note", "dead units"), texts);
    }

    [Fact]
    public void The_optimizer_that_is_named_makes_the_updates()
    {
        // given
        using var work = new Workplace();

        // when
        var high = work.Run("doctor", models.Xor, "--data", "xor", "--optimizer", "adam", "--lr", "5", "--json").Done().LastJson;
        var decayed = work.Run("doctor", models.Xor, "--data", "xor", "--weight-decay", "0.1", "--json", "--strict").Done().LastJson;

        // then
        Assert.Equal("learning-rate-too-high", high.GetProperty("findings")[0].GetProperty("illness").GetString());
        Assert.Equal("weight-decay-on-biases", decayed.GetProperty("findings")[0].GetProperty("illness").GetString());
        Assert.True(decayed.GetProperty("healthy").GetBoolean());
    }

    [Fact]
    public void A_run_with_the_doctor_tells_what_is_new_and_gives_the_same_model()
    {
        // given
        using var work = new Workplace();

        // when
        var with = work.Run("train", "xor", "--epochs", "3", "--weight-decay", "0", "--doctor", "--out", "with").Done();
        work.Run("train", "xor", "--epochs", "3", "--weight-decay", "0", "--out", "without").Done();
        var told = work.Run("train", "xor", "--epochs", "4", "--lr", "3", "--doctor-every", "2", "--json", "--out", "told");

        // then
        Assert.Single(with.Lines, "doctor: nothing found");
        Assert.Equal(work.Hash("without/model.safetensors"), work.Hash("with/model.safetensors"));
        var examined = told.Json.Where(static line => line.GetProperty("event").GetString() == "doctor").ToArray();
        Assert.Equal(0, examined[0].GetProperty("step").GetInt32());
        Assert.Contains(
            examined[0].GetProperty("findings").EnumerateArray(), static finding => finding.GetProperty("illness").GetString() == "learning-rate-too-high");
        Assert.Contains("\"event\":\"doctor\"", File.ReadAllText(work["with/events.jsonl"]));
    }

    [Fact]
    public void What_cannot_be_examined_is_one_line_of_error()
    {
        // given
        using var work = new Workplace();

        // then
        work.Run("doctor", models.Xor).Failed(2, "'--data'");
        work.Run("doctor", "nope.safetensors", "--data", "xor").Failed(1, "nope.safetensors: no such file");
        work.Run("doctor", models.Xor, "--data", "digits").Failed(1, "digits: its samples are [1,28,28], the model takes [2]");
        work.Run("doctor", models.Xor, "--data", "xor", "--batch-size", "0").Failed(2, "--batch-size: '0'");
        work.Run("doctor", models.Xor, "--data", "xor", "--svg", "no/such/folder.svg").Failed(1, "no/such");
    }

    /// <summary>The model for xor with biases so low that no unit of the first layer is ever on.</summary>
    private string Dead(Workplace work, string name)
    {
        var model = TrainedModel.Load(models.Xor);
        using (new NoGrad()) model.Network.NamedParameters().Single(static named => named.Name == "1.bias").Parameter.Value.Fill(-100);
        model.Save(work[name]);
        return name;
    }
}

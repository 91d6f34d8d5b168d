using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gradus.Data.Tests;

public class TablePreprocessingJsonTests
{
    private static readonly TablePreprocessing Example = new()
    {
        HasHeader = true,
        Delimiter = ';',
        FileColumns = 4,
        Missing = MissingValues.Drop,
        Columns =
        [
            new() { Name = "a \"b\"", Index = 0, Kind = ColumnKind.Number, Mean = 1.1, Deviation = 1e-300, Median = -5 },
            new() { Name = "é", Index = 3, Kind = ColumnKind.Text, Categories = ["x", "y", ""] },
        ],
        Target = new() { Name = "t", Index = 1, Task = TaskKind.Classify, ClassNames = ["0", "1"] },
    };

    [Fact]
    public void What_is_written_reads_back_to_the_last_bit()
    {
        var regression = Example with { Target = new() { Name = "t", Index = 1, Task = TaskKind.Regress, Mean = 0.1, Deviation = 1.0 / 3 } };

        foreach (var example in new[] { Example, regression })
        {
            var back = TablePreprocessing.FromJson(example.ToJson());

            Assert.Equal(example.ToJson(), back.ToJson());
            Assert.Equal(4, back.InputSize);
            Assert.Equal(example.Target.Deviation, back.Target.Deviation);
            Assert.Equal(["x", "y", ""], back.Columns[1].Categories);
        }
    }

    [Theory]
    [InlineData("version", "6")]
    [InlineData("window", "0")]
    [InlineData("window", "3")]
    [InlineData("header", "1")]
    [InlineData("delimiter", "\"ab\"")]
    [InlineData("delimiter", "\"\\\"\"")]
    [InlineData("fileColumns", "1")]
    [InlineData("fileColumns", "3")]
    [InlineData("fileColumns", "4.5")]
    [InlineData("missing", "\"guess\"")]
    [InlineData("columns", "[]")]
    [InlineData("columns", "[1]")]
    [InlineData("columns", "{}")]
    [InlineData("columns/0/name", "null")]
    [InlineData("columns/0/name", "\"t\"")]
    [InlineData("columns/0/index", "-1")]
    [InlineData("columns/0/index", "1")]
    [InlineData("columns/0/index", "3")]
    [InlineData("columns/0/kind", "\"color\"")]
    [InlineData("columns/0/mean", "1e999")]
    [InlineData("columns/0/mean", "\"NaN\"")]
    [InlineData("columns/0/deviation", "0")]
    [InlineData("columns/0/deviation", "-1")]
    [InlineData("columns/1/categories", "[\"x\",\"x\"]")]
    [InlineData("columns/1/categories", "[1]")]
    [InlineData("columns/1/categories", "[\"\\ud800\"]")]
    [InlineData("target", "[]")]
    [InlineData("target/task", "\"auto\"")]
    [InlineData("target/classes", "[\"only\"]")]
    [InlineData("target/index", "4")]
    public void A_value_that_cannot_be_is_refused_by_name(string path, string value)
    {
        var json = JsonNode.Parse(Example.ToJson())!;
        var steps = path.Split('/');
        var parent = steps[..^1].Aggregate(json, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        parent[steps[^1]] = JsonNode.Parse("\"placeholder\"");

        var text = json.ToJsonString().Replace("\"placeholder\"", value);

        Assert.StartsWith("table preprocessing: ", Assert.Throws<InvalidDataException>(() => TablePreprocessing.FromJson(text)).Message);
    }

    [Fact]
    public void Each_lacking_member_is_refused()
    {
        var whole = JsonNode.Parse(Example.ToJson())!.AsObject();

        foreach (var name in whole.Select(member => member.Key).ToArray())
        {
            var part = JsonNode.Parse(Example.ToJson())!.AsObject();
            part.Remove(name);
            Assert.Throws<InvalidDataException>(() => TablePreprocessing.FromJson(part.ToJsonString()));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"\\ud800header\":true}")]
    public void What_is_no_object_is_refused(string json)
    {
        Assert.Throws<InvalidDataException>(() => TablePreprocessing.FromJson(json));
    }

    [Fact]
    public void It_can_be_part_of_a_larger_document()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("table");
            Example.WriteTo(writer);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(stream.ToArray());

        Assert.Equal(Example.ToJson(), TablePreprocessing.FromJson(document.RootElement.GetProperty("table")).ToJson());
    }
}

using System.Text.Json.Nodes;

namespace Gradus.Training.Tests;

public sealed class ModelRecordTests
{
    private const string Valid = """{"gradus":"0.1.0","model":"mlp:8","input_shape":[2],"outputs":2,"class_names":["A","B"],"input_mean":0.5,"input_deviation":2,"data":"xor","split":{"seed":0,"valid":0.1}}""";

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        // when
        var record = ModelRecord.FromJson(Valid);

        // then
        Assert.Equal(Valid, record.ToJson());
        Assert.Equal((0.5, 2.0, 0.1), (record.InputMean, record.InputDeviation, record.Split.Valid));
    }

    [Fact]
    public void The_records_of_trained_models_hold_no_path_and_no_time()
    {
        // given
        using var folder = new TemporaryFolder();
        var source = DataSource.Parse("csv:" + folder.Write("secret-name.csv", Make.Table(60, regress: false)), null);

        // when
        var (model, _) = TrainedModel.Prepare(ModelSpec.Mlp(4), source, new DataOptions(), LoadedData.Load(source, new DataOptions()));

        // then
        Assert.DoesNotContain("secret-name", model.Record.ToJson());
        Assert.Equal(model.Record.ToJson(), ModelRecord.FromJson(model.Record.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"mlp\"")]
    [InlineData("{\"model\":")]
    public void What_is_no_record_is_refused(string json) => AssertRefused(json);

    [Theory]
    [InlineData("model", "null")]
    [InlineData("model", "8")]
    [InlineData("model", "\"vgg\"")]
    [InlineData("model", "\"mlp:0\"")]
    [InlineData("input_shape", "null")]
    [InlineData("input_shape", "[]")]
    [InlineData("input_shape", "[-2]")]
    [InlineData("input_shape", "[0]")]
    [InlineData("input_shape", "[2.5]")]
    [InlineData("input_shape", "[\"2\"]")]
    [InlineData("input_shape", "[1048576,1048576,1048576,1048576]")]
    [InlineData("input_shape", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]")]
    [InlineData("input_shape", "[99999999999]")]
    [InlineData("outputs", "0")]
    [InlineData("outputs", "-1")]
    [InlineData("outputs", "3")]
    [InlineData("outputs", "2147483647")]
    [InlineData("outputs", "\"2\"")]
    [InlineData("class_names", "[\"A\"]")]
    [InlineData("class_names", "[\"A\",null]")]
    [InlineData("class_names", "[\"A\",\"A\"]")]
    [InlineData("class_names", "{}")]
    [InlineData("input_mean", "1e999")]
    [InlineData("input_mean", "\"NaN\"")]
    [InlineData("input_deviation", "0")]
    [InlineData("input_deviation", "-1")]
    [InlineData("data", "null")]
    [InlineData("data", "\"\"")]
    [InlineData("split", "null")]
    [InlineData("split", "{}")]
    [InlineData("split", "{\"seed\":-1}")]
    [InlineData("split", "{\"seed\":1e30}")]
    [InlineData("split", "{\"seed\":0,\"valid\":1}")]
    [InlineData("split", "{\"seed\":0,\"valid\":-0.5}")]
    [InlineData("split", "{\"seed\":0,\"valid\":0.6,\"test\":0.6}")]
    [InlineData("pictures", "{}")]
    [InlineData("pictures", "[]")]
    [InlineData("pictures", "{\"resize\":\"melt\"}")]
    [InlineData("pictures", "{\"resize\":\"crop\",\"max_pixels\":0}")]
    [InlineData("table", "[]")]
    [InlineData("table", "{}")]
    [InlineData("table", "{\"version\":7}")]
    public void A_value_that_cannot_be_is_refused(string name, string value)
    {
        // given
        var record = JsonNode.Parse(Valid)!.AsObject();
        record[name] = JsonNode.Parse(value);

        // then
        AssertRefused(record.ToJsonString());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public void Deep_nesting_is_refused(int depth) => AssertRefused(Valid[..^1] + ",\"table\":" + new string('[', depth) + new string(']', depth) + "}");

    [Fact]
    public void A_table_that_does_not_fit_the_network_is_refused()
    {
        // given
        using var folder = new TemporaryFolder();
        var source = DataSource.Parse("csv:" + folder.Write("t.csv", Make.Table(60, regress: false)), null);
        var (model, _) = TrainedModel.Prepare(ModelSpec.Mlp(4), source, new DataOptions(), LoadedData.Load(source, new DataOptions()));
        var json = model.Record.ToJson();

        // then
        AssertRefused(json.Replace("\"input_shape\":[4]", "\"input_shape\":[6]", StringComparison.Ordinal));
        AssertRefused(json.Replace("\"input_shape\":[4]", "\"input_shape\":[1,4]", StringComparison.Ordinal));
        AssertRefused(json.Replace("\"class_names\":[\"no\",\"yes\"]", "\"class_names\":[\"no\",\"maybe\"]", StringComparison.Ordinal));
        AssertRefused(json.Replace("\"class_names\":[\"no\",\"yes\"],", "", StringComparison.Ordinal));
    }

    private static void AssertRefused(string json)
    {
        var exception = Assert.Throws<InvalidDataException>(() => ModelRecord.FromJson(json));
        Assert.InRange(exception.Message.Length, 1, 1000);
    }
}

using Gradus.Nn;
using Gradus.Training;

namespace Gradus.CSharp.Tests;

/// <summary>What is written, what is refused, and what exported code says to wrong inputs.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_layers_that_are_not_supported_are_named_and_nothing_is_written()
    {
        // given
        var network = new Sequential(new Linear(4, 4), new Mish(), new Gelu(tanh: true), new Linear(4, 3), new Softplus());
        network.Initialize(1);
        var model = new TrainedModel(network, Make.Model("mlp:4", [4], 3).Record);

        // when
        var exception = Assert.Throws<GradusException>(() => model.SaveCSharp(_folder["model.cs"]));

        // then
        Assert.Equal("csharp: not supported are 1: a Mish; 2: a Gelu by tanh; 4: a Softplus.", exception.Message);
        Assert.False(File.Exists(_folder["model.cs"]));
    }

    [Fact]
    public void A_part_of_a_network_of_tables_is_refused_by_itself()
    {
        // given
        var model = new TrainedModel(new Sequential(new MemberLinear(4, 3, 1)), Make.Model("mlp:4", [4], 3).Record);

        // when
        var exception = Assert.Throws<GradusException>(() => model.SaveCSharp(_folder["model.cs"]));

        // then
        Assert.Equal("csharp: not supported is 0: a MemberLinear by itself.", exception.Message);
        Assert.False(File.Exists(_folder["model.cs"]));
    }

    [Fact]
    public void Weights_beside_the_code_are_read_and_checked()
    {
        // given
        var model = Make.Model("mlp:4", [4], 3);

        // when
        var export = model.SaveCSharp(_folder["flowers.cs"], new() { Weights = CSharpWeights.Beside, Namespace = "Models" });

        // then
        Assert.Equal(
            (_folder["flowers.bin"], "Models.Flowers", "new Flowers(\"flowers.bin\").Predict(numbers)"), (export.WeightsPath, export.FullName, export.Call));
        Assert.Equal(4 * export.Weights, new FileInfo(export.WeightsPath!).Length);
        var code = new ExportedModel(
            "Flowers", File.ReadAllText(export.Path), "Func<byte[], float[]>",
            "bytes => new Models.Flowers(new System.IO.MemoryStream(bytes)).Fork().Predict(new float[4]).Probabilities")
        {
            Make = $"new Models.Flowers(@\"{export.WeightsPath}\")",
        };
        Assert.DoesNotContain("u8;", code.Source, StringComparison.Ordinal);
        var predict = (Func<byte[], float[]>)ExportedCode.Compile([code], isModern: true)[0];
        var bytes = File.ReadAllBytes(export.WeightsPath!);
        Make.Equal(Make.Ask(model, Array.ConvertAll(new float[4], number => (float)((number - 0.1307) / 0.3081))), predict(bytes), 0);
        Assert.Throws<InvalidDataException>(() => predict(bytes[..^1]));
        Assert.Throws<InvalidDataException>(() => predict([.. bytes, 0]));
        bytes[5] ^= 1;
        Assert.Contains("not those that were exported", Assert.Throws<InvalidDataException>(() => predict(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_where_that_is_asked_for()
    {
        // given
        var model = Make.Model("mlp:4", [4], 3);
        File.WriteAllText(_folder["model.cs"], "mine");

        // when
        var exception = Assert.Throws<IOException>(() => model.SaveCSharp(_folder["model.cs"]));
        var kept = File.ReadAllText(_folder["model.cs"]);
        model.SaveCSharp(_folder["model.cs"], new() { Overwrite = true });

        // then
        Assert.Contains("is there already", exception.Message, StringComparison.Ordinal);
        Assert.Equal("mine", kept);
        Assert.Contains("class Model", File.ReadAllText(_folder["model.cs"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.txt", null, "Models", "does not end with .cs")]
    [InlineData("model.cs", "class", "Models", "class: 'class' is no name in C#")]
    [InlineData("model.cs", "Sums", "Models", "class: 'Sums' is the name of a part")]
    [InlineData("model.cs", "Classes", "Models", "class: 'Classes' is the name of a part")]
    [InlineData("model.cs", null, "a..b", "namespace: '' is no name in C#")]
    [InlineData("model.cs", null, "a b", "namespace: 'a b' is no name in C#")]
    public void A_name_that_is_none_in_C_is_refused(string path, string? name, string space, string message) => Assert.Contains(
        message,
        Assert.Throws<FormatException>(() => Make.Model("mlp:4", [4], 3).SaveCSharp(_folder[path], new() { ClassName = name, Namespace = space })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("sepal length (cm)", "SepalLengthCm")]
    [InlineData("3rd", "Column3rd")]
    [InlineData("größe_in_m²", "GrößeInM")]
    [InlineData("???", "Column")]
    public void A_column_becomes_a_property(string column, string property) => Assert.Equal([property], Identifiers.Names([column], "Column"));

    [Fact]
    public void Columns_of_one_name_become_different_properties() =>
        Assert.Equal(["A", "A2", "ToString2", "Row2"], Identifiers.Names(["a", "A", "to string", "row"], "Column"));
}

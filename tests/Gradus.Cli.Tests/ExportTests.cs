namespace Gradus.Cli.Tests;

public sealed class ExportTests(Models models)
{
    [Fact]
    public void A_model_is_written_as_code_and_what_to_call_is_said()
    {
        // given
        using var work = new Workplace();

        // when
        var written = work.Run("export", "csharp", models.Table, "Flowers.cs", "--namespace", "My.Models").Done();
        var beside = work.Run("export", "csharp", models.Xor, "--class", "Xor", "--weights", "beside", "--json").Done();

        // then
        Assert.Contains("Flowers.cs: My.Models.Flowers, ", written.Output, StringComparison.Ordinal);
        Assert.Contains("call    new Flowers().Predict(new Flowers.Row { ", written.Output, StringComparison.Ordinal);
        Assert.Contains("namespace My.Models;", File.ReadAllText(work["Flowers.cs"]), StringComparison.Ordinal);
        Assert.Contains("\"weights_path\":\"model.bin\",\"class\":\"Models.Xor\"", beside.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(work["model.bin"]));
    }

    [Fact]
    public void What_is_there_is_kept_and_a_wrong_name_is_wrong_usage()
    {
        // given
        using var work = new Workplace();
        work.Write("model.cs", "mine");

        // then
        work.Run("export", "csharp", models.Xor).Failed(1, "model.cs is there already. To replace it: --overwrite.");
        work.Run("export", "csharp", models.Xor, "other.cs", "--class", "class").Failed(2, "class: 'class' is no name in C#");
        work.Run("export", "csharp", models.Xor, "other.txt").Failed(2, "does not end with .cs");
        Assert.Equal("mine", File.ReadAllText(work["model.cs"]));
        work.Run("export", "csharp", models.Xor, "--overwrite").Done();
    }
}
